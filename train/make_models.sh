#!/bin/sh
# Makes the models that kronik was built with. Half an hour on one idle core.
#
# usage: make_models.sh KRONIK TREEBANKS NAMES [OUT]
#
# TREEBANKS has en_ewt-train, en_gumfree-train (GUM's documents with free texts), id_csui-train, id_gsd-dev, and of
# the tag r2.1 id_gsd_r2.1-train and id_gsd_r2.1-dev, each .conllu.gz. NAMES has en_wikigold-train,
# en_crossner_politics-train, en_re3d-train, en_uner_ewt-dev, id_nergrit-train and id_nerp-train, each .tsv.gz.
# OUT/models gets the models, so that `kronik --data OUT` reads with them; without OUT, the repository.
# EPOCHS=1 in the environment makes models of no use in a minute, to see that all runs.
set -e
kronik=$1
ud=$2
ner=$3
here=$(dirname "$0")
out=${4:-$here/..}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out/models"

train() {
  kind=$1
  epochs=$2
  shift 2
  "$kronik" train "$kind" --epochs "${EPOCHS:-$epochs}" "$@"
}

python3 "$here/news/sentences.py" "$here/news/en.grammar" 2000 5 > "$work/news.conllu"
train parser 12 "$ud/en_ewt-train.conllu.gz" "$ud/en_gumfree-train.conllu.gz" "$work/news.conllu" --out "$out/models/en.bin"

indonesian() {
  epochs=$1
  shift
  train parser "$epochs" "$ud/id_csui-train.conllu.gz=3" "$ud/id_gsd-dev.conllu.gz=2" "$work/converted.conllu" "$@"
}

train parser 10 "$ud/id_csui-train.conllu.gz" --old "$ud/id_gsd_r2.1-train.conllu.gz" \
  --pairs "$ud/id_gsd_r2.1-dev.conllu.gz" "$ud/id_gsd-dev.conllu.gz" --out "$work/converted.conllu"
# Three parsers vote on the trees of sentences without any; where they agree, the last one learns from these too.
python3 "$here/silver/raw_text.py" "$ner/id_nergrit-train.tsv.gz" "$ner/id_nerp-train.tsv.gz" --cased \
  "$ner/id_nergrit-train.tsv.gz" "$ud/id_csui-train.conllu.gz" "$ud/id_gsd-dev.conllu.gz" > "$work/raw.txt"
for seed in 1 2 3; do
  mkdir -p "$work/$seed/models"
  indonesian 10 --seed $seed --out "$work/$seed/models/id.bin"
  "$kronik" --data "$work/$seed" parse --format conllu --lang id "$work/raw.txt" > "$work/$seed.conllu"
done
python3 "$here/silver/vote.py" "$work/1.conllu" "$work/2.conllu" "$work/3.conllu" > "$work/silver.conllu"
[ -s "$work/silver.conllu" ] || cp "$work/converted.conllu" "$work/silver.conllu"  # after one epoch they agree on nothing
indonesian 8 "$work/silver.conllu" --out "$out/models/id.bin"

# The committed models of names were made with fewer names in data/actors; these are no better (doc/accuracy.md).
train names 8 "$ner/en_wikigold-train.tsv.gz" "$ner/en_crossner_politics-train.tsv.gz" "$ner/en_re3d-train.tsv.gz" \
  "$ner/en_uner_ewt-dev.tsv.gz" "$ud/en_gumfree-train.conllu.gz" --lang en --out "$out/models/en.names.bin"
train names 8 "$ner/id_nergrit-train.tsv.gz" "$ner/id_nerp-train.tsv.gz" --lang id --out "$out/models/id.names.bin"

"$here/manifest.sh" "$out/models"

#!/bin/sh
# Makes the models that kronik was built with. An hour on one core.
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
train parser 10 "$ud/id_csui-train.conllu.gz" --old "$ud/id_gsd_r2.1-train.conllu.gz" \
  --pairs "$ud/id_gsd_r2.1-dev.conllu.gz" "$ud/id_gsd-dev.conllu.gz" --out "$work/converted.conllu"
# The committed model is of layers 128, 96 and 128 wide and 8 epochs; this one is no better for the events.
train parser 10 "$ud/id_csui-train.conllu.gz=3" "$ud/id_gsd-dev.conllu.gz=2" "$work/converted.conllu" \
  --out "$out/models/id.bin"

train names 8 "$ner/en_wikigold-train.tsv.gz" "$ner/en_crossner_politics-train.tsv.gz" "$ner/en_re3d-train.tsv.gz" \
  "$ner/en_uner_ewt-dev.tsv.gz" "$ud/en_gumfree-train.conllu.gz" --lang en --out "$out/models/en.names.bin"
train names 8 "$ner/id_nergrit-train.tsv.gz" "$ner/id_nerp-train.tsv.gz" --lang id --out "$out/models/id.names.bin"

"$here/manifest.sh" "$out/models"

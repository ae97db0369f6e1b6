#!/bin/sh
# Makes the models that kronik is built with. An hour on one core.
#
# usage: make_models.sh KRONIK TREEBANKS, a folder with en_ewt-train, en_gumfree-train (GUM's documents with free
# texts), id_csui-train, id_gsd-dev, and of the tag r2.1 id_gsd_r2.1-train and id_gsd_r2.1-dev, each .conllu.gz
set -e
kronik=$1
ud=$2
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 "$here/news_sentences.py" > "$work/news.conllu"
"$kronik" train "$ud/en_ewt-train.conllu.gz" "$ud/en_gumfree-train.conllu.gz" "$work/news.conllu" \
  --epochs 9 --out "$here/../models/en.bin"
"$kronik" train "$ud/id_csui-train.conllu.gz" --old "$ud/id_gsd_r2.1-train.conllu.gz" --epochs 10 \
  --out "$work/converted.conllu" --pairs "$ud/id_gsd_r2.1-dev.conllu.gz" "$ud/id_gsd-dev.conllu.gz"
"$kronik" train "$ud/id_csui-train.conllu.gz=3" "$ud/id_gsd-dev.conllu.gz=2" "$work/converted.conllu" \
  --epochs 8 --out "$here/../models/id.bin"
"$here/manifest.sh"

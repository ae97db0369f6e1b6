#!/bin/sh
# Writes manifest.tsv beside the models of a folder, from their hashes and the lines of scores in train/models.tsv.
#
# usage: manifest.sh MODELS
models=$1
scores=$(dirname "$0")/models.tsv
{
  echo "# The models that kronik was built with. Licence: CC BY-SA 4.0, that of the treebanks and texts."
  printf 'name\tversion\tsha256\tlicence\ttraining_data\tscores\n'
  for file in "$models"/*.bin; do
    name=$(basename "$file" .bin)
    line=$(grep "^$name	" "$scores" | cut -f 2-)
    version=$(echo "$line" | cut -f 1)
    sum=$(sha256sum "$file" | cut -d ' ' -f 1)
    printf '%s\t%s\t%s\tCC BY-SA 4.0\t%s\n' "$name" "$version" "$sum" "$(echo "$line" | cut -f 2-)"
  done
} > "$models/manifest.tsv"

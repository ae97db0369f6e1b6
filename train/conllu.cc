#include "train/conllu.h"

#include <zlib.h>

#include <charconv>

#include "base/utf8.h"

namespace kronik::train {
namespace {

bool IsTree(const Tree& tree) {
  int roots = 0;
  for (size_t i = 0; i < tree.size(); ++i) {
    if (tree[i].head > tree.size() || tree[i].head == i) return false;
    roots += tree[i].head == tree.size() ? 1 : 0;
    size_t up = i;
    for (size_t steps = 0; up != tree.size(); up = tree[up].head) {
      if (++steps > tree.size()) return false;
    }
  }
  return roots == 1;
}

}  // namespace

Result<std::string> ReadGzip(const std::string& path) {
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return Error{ErrorCode::kIo, "can't be opened", path};
  std::string text, buffer(1 << 16, '\0');
  int got = 0;
  while ((got = gzread(file, buffer.data(), static_cast<unsigned>(buffer.size()))) > 0) {
    text.append(buffer, 0, static_cast<size_t>(got));
  }
  gzclose(file);
  if (got < 0) return Error{ErrorCode::kIo, "can't be read", path};
  return text;
}

Result<Treebank> ReadTreebank(const std::string& path) {
  Result<std::string> bytes = ReadGzip(path);
  if (!bytes) return bytes.error();
  std::string text = std::move(*bytes);

  Treebank bank;
  Tree tree;
  int line_number = 0;
  size_t words = 0, with_feats = 0;
  uint32_t token = 0, token_end = 0;  // the surface token, and the last word it covers
  text += "\n\n";
  for (size_t at = 0; at < text.size();) {
    const size_t end = text.find('\n', at);
    std::string_view line = std::string_view(text).substr(at, end - at);
    at = end + 1;
    ++line_number;
    if (line.empty()) {
      for (TreeWord& word : tree) {
        word.head = word.head == 0 ? static_cast<uint32_t>(tree.size()) : word.head - 1;
      }
      if (!tree.empty() && IsTree(tree)) bank.trees.push_back(std::move(tree));
      tree.clear();
      token = token_end = 0;
      continue;
    }
    const std::string where = path + ":" + std::to_string(line_number);
    if (!IsValidUtf8(line)) return Error{ErrorCode::kInvalidInput, "not UTF-8", where};
    if (line.front() == '#') continue;
    std::vector<std::string_view> cells;
    for (size_t from = 0; from <= line.size();) {
      const size_t tab = std::min(line.find('\t', from), line.size());
      cells.push_back(line.substr(from, tab - from));
      from = tab + 1;
    }
    if (cells.size() != 10) return Error{ErrorCode::kInvalidInput, "not ten columns", where};
    if (const size_t dash = cells[0].find('-'); dash != std::string_view::npos) {
      std::from_chars(cells[0].data() + dash + 1, cells[0].data() + cells[0].size(), token_end);
      ++token;
    }
    if (cells[0].find_first_of("-.") != std::string_view::npos) continue;
    if (tree.size() >= token_end) ++token;
    TreeWord& word = tree.emplace_back();
    word.token = token;
    word.form = cells[1];
    if (cells[2] != "_" || cells[1] == "_") word.lemma = cells[2];
    const std::optional<Upos> upos = UposFromName(cells[3]);
    if (!upos) return Error{ErrorCode::kInvalidInput, "no part of speech", where};
    word.upos = *upos;
    if (cells[5] != "_") word.feats = cells[5];
    word.deprel = cells[7];
    const auto [rest, error] =
        std::from_chars(cells[6].data(), cells[6].data() + cells[6].size(), word.head);
    if (error != std::errc()) return Error{ErrorCode::kInvalidInput, "no head", where};
    ++words;
    with_feats += word.feats.empty() ? 0 : 1;
  }
  if (bank.trees.empty()) return Error{ErrorCode::kInvalidInput, "no trees", path};
  bank.has_feats = with_feats * 10 > words;
  return bank;
}

std::string WriteTreebank(const Treebank& bank) {
  std::string out;
  const auto cell = [&](std::string_view value) {
    out.append("\t").append(value.empty() ? "_" : value);
  };
  for (const Tree& tree : bank.trees) {
    for (size_t i = 0; i < tree.size(); ++i) {
      const TreeWord& word = tree[i];
      size_t last = i;
      std::string surface = word.form;
      while (last + 1 < tree.size() && tree[last + 1].token == word.token) {
        surface += tree[++last].form;
      }
      if (last > i && (i == 0 || tree[i - 1].token != word.token)) {
        out += std::to_string(i + 1) + "-" + std::to_string(last + 1);
        cell(surface);
        out += "\t_\t_\t_\t_\t_\t_\t_\t_\n";
      }
      out += std::to_string(i + 1);
      cell(word.form);
      cell(word.lemma);
      cell(UposName(word.upos));
      cell("");
      cell(word.feats);
      cell(std::to_string(word.head == tree.size() ? 0 : word.head + 1));
      cell(word.deprel);
      out += "\t_\t_\n";
    }
    out += '\n';
  }
  return out;
}

}  // namespace kronik::train

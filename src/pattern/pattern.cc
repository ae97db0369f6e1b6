#include "pattern/pattern.h"

#include <algorithm>

#include "base/tsv.h"

namespace kronik {
namespace {

constexpr size_t kMaxBelow = 40;  // tokens that a need looks at

void AddWord(std::string_view word, const Words& words, WordSet& out) {
  if (word.starts_with('@')) {
    const WordSet& set = words.Class(word.substr(1));
    out.insert(set.begin(), set.end());
    return;
  }
  for (Upos upos : {Upos::kVerb, Upos::kNoun}) {
    for (auto& [form, voice] : words.Forms(word, upos)) out.insert(form);
  }
}

bool UposFits(const Pattern& pattern, Upos upos) {
  switch (upos) {
    case Upos::kVerb:
      return pattern.upos.find('V') != std::string::npos;
    case Upos::kNoun:
    case Upos::kPropn:
      return pattern.upos.find('N') != std::string::npos;
    case Upos::kAdj:
      return pattern.upos.find('A') != std::string::npos;
    default:
      return false;
  }
}

// The word of a need in the nodes below `node`, that is in its phrase and not in what happened
// before or after it ("left the capital after the talks" leaves no talks).
uint32_t Below(const Tree& tree, uint32_t node, const WordSet& needed, const Words& words,
               int depth, bool clauses) {
  if (needed.contains("*")) return node;
  const WordSet& when = words.Class("when");
  std::vector<uint32_t> level = {node};
  size_t seen = 0;
  for (int d = 0; d <= depth && !level.empty(); ++d) {
    std::vector<uint32_t> next;
    for (uint32_t at : level) {
      if (++seen > kMaxBelow) return kNone;
      if (tree.In(at, needed)) return at;
      for (uint32_t child : tree.Children(at)) {
        if (!clauses && tree.token(child).deprel.starts_with("acl")) continue;
        if (!when.contains(std::string(tree.Case(child))) &&
            tree.Child(child, when, "mark") == kNone) {
          next.push_back(child);
        }
      }
    }
    level = std::move(next);
  }
  return kNone;
}

size_t Cases(const Tree& tree, uint32_t node) {
  const std::vector<uint32_t>& children = tree.Children(node);
  return static_cast<size_t>(std::count_if(children.begin(), children.end(), [&](uint32_t child) {
    return tree.token(child).deprel == "case";
  }));
}

uint32_t Meet(const Tree& tree, const Need& need, uint32_t trigger, const Words& words,
              const std::vector<Argument>& arguments) {
  if (need.slot == "prt") {
    for (uint32_t child : tree.Children(trigger)) {
      const Token& word = tree.token(child);
      if ((word.Is("compound") || word.Is("advmod") || word.upos == Upos::kAdp || word.Is("amod") ||
           word.Is("det") || word.Is("xcomp")) &&
          tree.In(child, need.words)) {
        return child;
      }
    }
    // "walked out of the talks": the particle may hang on what it leads to.
    for (const Argument& argument : arguments) {
      if (need.words.contains(argument.slot) && Cases(tree, argument.node) > 1) {
        return argument.node;
      }
    }
    return kNone;
  }
  if (need.slot == "in") {
    for (uint32_t child : tree.Children(trigger)) {
      if (tree.token(child).deprel == "nsubj") continue;
      if (words.Class("when").contains(std::string(tree.Case(child))) ||
          tree.Child(child, words.Class("when"), "mark") != kNone) {
        continue;
      }
      const uint32_t found = Below(tree, child, need.words, words, 3, true);
      if (found != kNone) return found;
    }
    for (const Argument& argument : arguments) {
      if (!argument.inherited || argument.slot == "subj") continue;
      const uint32_t found = Below(tree, argument.node, need.words, words, 2, true);
      if (found != kNone) return found;
    }
    return kNone;
  }
  // What a phrase is, not what a clause on it tells: "made progress fighting crime" makes no fight.
  const bool comp = need.slot == "comp";
  for (const Argument& argument : arguments) {
    if (argument.slot != need.slot && !(need.slot == "obj" && argument.slot == "bare")) continue;
    const uint32_t found = Below(tree, argument.node, need.words, words, 1, comp);
    if (found != kNone) return found;
  }
  // "returned a statue of an emperor to the museum": hung on the object, or on a noun of it.
  for (const Argument& argument : arguments) {
    if (argument.slot != "obj") continue;
    for (uint32_t node : tree.Subtree(argument.node, kMaxBelow, 2)) {
      if (node == argument.node || tree.Case(node) != need.slot) continue;
      const uint32_t found = Below(tree, node, need.words, words, 1, false);
      if (found != kNone) return found;
    }
  }
  return kNone;
}

}  // namespace

bool Pattern::Flag(std::string_view name) const {
  return std::find(flags.begin(), flags.end(), name) != flags.end();
}

Result<PatternTable> PatternTable::Load(const Resources& resources, std::string_view name,
                                        const Words& words) {
  Result<Tsv> table =
      Tsv::Load(resources, name, {"trigger", "upos", "needs", "frame", "code", "flags"});
  if (!table) return table.error();
  PatternTable out;
  for (const Tsv::Row& row : table->rows()) {
    Pattern pattern;
    pattern.where = table->Where(row);
    pattern.upos = row[1];
    if (pattern.upos.empty() || pattern.upos.find_first_not_of("VNA") != std::string::npos) {
      return table->ErrorAt(row, "upos is made of V, N and A");
    }
    for (std::string_view cell : SplitCell(row[2], ' ')) {
      Need need;
      if (cell.starts_with('!')) {
        need.negated = true;
        cell.remove_prefix(1);
      }
      const size_t colon = cell.find(':');
      if (colon == std::string_view::npos) return table->ErrorAt(row, "a need is slot:words");
      need.slot = cell.substr(0, colon);
      for (std::string_view word : SplitCell(cell.substr(colon + 1))) {
        if (word.starts_with('@') && !words.Has(word.substr(1))) {
          return table->ErrorAt(row, "no such word class: " + std::string(word));
        }
        AddWord(word, words, need.words);
      }
      pattern.needs.push_back(std::move(need));
    }
    for (std::string_view slot : SplitCell(row[3], ' ')) {
      if (slot == "sym") {
        pattern.symmetric = true;
      } else if (slot.starts_with("actor=")) {
        pattern.actor = slot.substr(6);
      } else if (slot.starts_with('@')) {
        if (!words.Has(slot.substr(1))) {
          return table->ErrorAt(row, "no such word class: " + std::string(slot));
        }
        const WordSet& set = words.Class(slot.substr(1));
        std::vector<std::string> sorted(set.begin(), set.end());
        std::sort(sorted.begin(), sorted.end());
        for (std::string& word : sorted) pattern.recipient.push_back(std::move(word));
      } else {
        pattern.recipient.emplace_back(slot);
      }
    }
    const size_t colon = row[4].find(':');
    pattern.code = row[4].substr(0, colon);
    if (colon != std::string_view::npos) pattern.mode = row[4].substr(colon + 1);
    for (std::string_view flag : SplitCell(row[5], ' ')) pattern.flags.emplace_back(flag);
    const auto index = static_cast<uint32_t>(out.patterns_.size());
    for (std::string_view trigger : SplitCell(row[0])) {
      std::vector<std::pair<std::string, Voice>> forms;
      if (pattern.upos.find('V') != std::string::npos) forms = words.Forms(trigger, Upos::kVerb);
      for (auto& form : words.Forms(trigger, Upos::kNoun)) {
        if (pattern.upos.find_first_of("NA") != std::string::npos) forms.push_back(std::move(form));
      }
      for (auto& [form, voice] : forms) {
        std::vector<Entry>& entries = out.index_[form];
        const bool known = std::any_of(entries.begin(), entries.end(),
                                       [&](const Entry& e) { return e.pattern == index; });
        if (!known) entries.push_back({index, voice});
      }
    }
    out.patterns_.push_back(std::move(pattern));
  }
  return out;
}

Match PatternTable::At(const Tree& tree, uint32_t token, const Words& words) const {
  Match best;
  const std::vector<Entry>* lists[3] = {nullptr, nullptr, nullptr};
  if (auto found = index_.find(tree.Form(token)); found != index_.end()) {
    lists[0] = &found->second;
  }
  if (tree.Lemma(token) != tree.Form(token)) {
    if (auto found = index_.find(tree.Lemma(token)); found != index_.end()) {
      lists[1] = &found->second;
    }
  }
  // The rest of a word is no word of its own: "cease-fire" is no fire.
  if (!tree.Whole(token).empty()) {
    if (auto found = index_.find(tree.Whole(token)); found != index_.end()) {
      lists[0] = lists[1] = nullptr;
      lists[2] = &found->second;
    }
  }
  int best_needs = -1;
  std::vector<Argument> arguments[3];  // by voice; made when first asked for
  bool made[3] = {};
  for (const std::vector<Entry>* entries : lists) {
    if (entries == nullptr) continue;
    for (const Entry& entry : *entries) {
      const Pattern& pattern = patterns_[entry.pattern];
      if (!UposFits(pattern, tree.token(token).upos)) continue;
      const auto needs = static_cast<int>(pattern.needs.size());
      if (needs < best_needs || (needs == best_needs && best.pattern < &pattern)) continue;
      const auto slot = static_cast<size_t>(entry.voice);
      if (!made[slot]) {
        arguments[slot] = tree.Arguments(token, words, entry.voice);
        made[slot] = true;
      }
      std::vector<uint32_t> with;
      bool meets = true;
      for (const Need& need : pattern.needs) {
        const uint32_t found = Meet(tree, need, token, words, arguments[slot]);
        meets = (found == kNone) == need.negated;
        if (!meets) break;
        if (found != kNone) with.push_back(found);
      }
      if (!meets) continue;
      best = {&pattern, token, entry.voice, std::move(with), arguments[slot]};
      best_needs = needs;
    }
  }
  return best;
}

}  // namespace kronik

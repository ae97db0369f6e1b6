// Runs the cases of html5lib-tests that lie beside the checkout, as they are.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "html/tokenizer.h"
#include "html/tree.h"

namespace kronik::html {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const fs::path kSuite = fs::path(KRONIK_SOURCE_DIR) / "../shared/data/html5";

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

std::vector<fs::path> FilesIn(const fs::path& folder, std::string_view extension) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == extension) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// ---- tree construction -------------------------------------------------------------------------

struct TreeCase {
  std::string data;
  std::string context;  // "div", "svg path"; empty for a whole page
  bool script_on = false;
  std::string document;
};

std::vector<TreeCase> ReadTreeCases(const fs::path& path) {
  std::vector<TreeCase> cases;
  std::istringstream lines(ReadFile(path));
  std::string line, section;
  auto end_section = [&](std::string& text) {
    if (!text.empty() && text.back() == '\n') text.pop_back();
  };
  while (std::getline(lines, line)) {
    if (line == "#data") {
      if (!cases.empty()) end_section(cases.back().document);
      cases.emplace_back();
      section = line;
    } else if (line.starts_with("#") && section != "#document" &&
               (line == "#errors" || line == "#new-errors" || line == "#document-fragment" ||
                line == "#script-on" || line == "#script-off" || line == "#document")) {
      if (section == "#data") end_section(cases.back().data);
      cases.back().script_on |= line == "#script-on";
      section = line;
    } else if (section == "#data") {
      cases.back().data += line + "\n";
    } else if (section == "#document-fragment") {
      cases.back().context = line;
    } else if (section == "#document") {
      cases.back().document += line + "\n";
    }
  }
  for (TreeCase& one : cases) {
    while (one.document.ends_with("\n\n")) one.document.pop_back();
    end_section(one.document);
  }
  return cases;
}

std::string Prefixed(const Attribute& a) {
  switch (a.prefix) {
    case Prefix::kNone:
      break;
    case Prefix::kXLink:
      return "xlink " + std::string(a.name);
    case Prefix::kXml:
      return "xml " + std::string(a.name);
    case Prefix::kXmlns:
      return "xmlns " + std::string(a.name);
  }
  return std::string(a.name);
}

void Dump(const Tree& tree, uint32_t node, int depth, std::string& out) {
  const Node& n = tree[node];
  auto line = [&](int level, const std::string& text) {
    out += "| " + std::string(static_cast<size_t>(level) * 2, ' ') + text + "\n";
  };
  int below = depth + 1;
  switch (n.kind) {
    case NodeKind::kDocument:
      below = 0;
      break;
    case NodeKind::kDoctype: {
      std::string text = "<!DOCTYPE " + std::string(n.text);
      if (n.attribute_count > 0) {
        text += " \"" + std::string(tree.Attr(node, "public")) + "\" \"" +
                std::string(tree.Attr(node, "system")) + "\"";
      }
      line(depth, text + ">");
      break;
    }
    case NodeKind::kComment:
      line(depth, "<!-- " + std::string(n.text) + " -->");
      break;
    case NodeKind::kText:
      line(depth, "\"" + std::string(n.text) + "\"");
      break;
    case NodeKind::kElement: {
      const char* space = n.space == Namespace::kSvg      ? "svg "
                          : n.space == Namespace::kMathMl ? "math "
                                                          : "";
      line(depth, "<" + std::string(space) + std::string(n.text) + ">");
      std::vector<std::string> attributes;
      for (const Attribute& a : tree.Attributes(node)) {
        attributes.push_back(Prefixed(a) + "=\"" + std::string(a.value) + "\"");
      }
      std::sort(attributes.begin(), attributes.end());
      for (const std::string& a : attributes) line(depth + 1, a);
      if (n.tag == Tag::kTemplate && n.space == Namespace::kHtml) line(below++, "content");
      break;
    }
  }
  for (uint32_t child = n.first_child; child != kNoNode; child = tree[child].next_sibling) {
    Dump(tree, child, below, out);
  }
}

// The links between the nodes and their order say the same.
void CheckOrder(const Tree& tree) {
  ASSERT_GT(tree.size(), 0u);
  ASSERT_EQ(tree[0].end, tree.size());
  for (uint32_t i = 0; i < tree.size(); ++i) {
    const Node& node = tree[i];
    ASSERT_TRUE(node.first_child == kNoNode ? node.end == i + 1 : node.first_child == i + 1);
    uint32_t end = i + 1;
    for (uint32_t child = node.first_child; child != kNoNode; child = tree[child].next_sibling) {
      ASSERT_EQ(child, end);
      ASSERT_EQ(tree[child].parent, i);
      end = tree[child].end;
    }
    ASSERT_EQ(end, node.end);
  }
}

TEST(Conformance, TreeConstruction) {
  if (!fs::exists(kSuite)) GTEST_SKIP() << "no html5lib-tests at " << kSuite;
  size_t passed = 0, failed = 0, scripted = 0;
  for (const fs::path& file : FilesIn(kSuite / "tree-construction", ".dat")) {
    for (const TreeCase& one : ReadTreeCases(file)) {
      if (one.script_on) {
        ++scripted;
        continue;
      }
      FragmentContext context{one.context};
      if (one.context.starts_with("svg ")) context = {context.name.substr(4), Namespace::kSvg};
      if (one.context.starts_with("math ")) context = {context.name.substr(5), Namespace::kMathMl};
      Result<Tree> tree =
          one.context.empty() ? Tree::Parse(one.data) : Tree::ParseFragment(one.data, context);
      ASSERT_TRUE(tree);
      CheckOrder(*tree);
      std::string got;
      Dump(*tree, 0, 0, got);
      if (!got.empty()) got.pop_back();
      if (got == one.document) {
        ++passed;
        continue;
      }
      ++failed;
      ADD_FAILURE() << file.filename() << (one.context.empty() ? "" : " in " + one.context) << "\n"
                    << one.data << "\n--- expected\n"
                    << one.document << "\n--- got\n"
                    << got;
    }
  }
  std::cout << "tree construction: " << passed << " passed, " << failed << " failed, " << scripted
            << " left out (they need scripting)\n";
}

// ---- tokenizer ---------------------------------------------------------------------------------

// Turns \uHHHH into characters; false for a surrogate without its other half, which no UTF-8 has.
bool Unescape(std::string& text) {
  std::string quoted;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '\\' && i + 1 < text.size() && text[i + 1] == 'u';
    if (text[i] == '"' || (text[i] == '\\' && !escape) ||
        static_cast<unsigned char>(text[i]) < 32) {
      quoted += json(std::string(1, text[i])).dump().substr(1);
      quoted.pop_back();
    } else {
      quoted += text[i];
    }
  }
  json value = json::parse("\"" + quoted + "\"", nullptr, false);
  if (value.is_discarded()) return false;
  text = value.get<std::string>();
  return true;
}

bool UnescapeAll(json& value) {
  if (value.is_string()) return Unescape(value.get_ref<std::string&>());
  if (value.is_object()) {
    json out = json::object();
    for (auto& [key, item] : value.items()) {
      std::string name = key;
      if (!Unescape(name) || !UnescapeAll(item)) return false;
      out[name] = item;
    }
    value = out;
    return true;
  }
  if (!value.is_array()) return true;
  return std::all_of(value.begin(), value.end(), UnescapeAll);
}

std::string WithLineFeeds(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r') {
      out += '\n';
      if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
    } else {
      out += text[i];
    }
  }
  return out;
}

json Tokens(const std::string& input, Tokenizer::State state, const std::string& last_start_tag) {
  Arena arena;
  Tokenizer tokenizer(input, arena);
  tokenizer.Enter(state, last_start_tag);
  json tokens = json::array();
  while (true) {
    const Token& token = tokenizer.Next();
    json text = std::string(token.text);
    switch (token.kind) {
      case Token::Kind::kEnd:
        return tokens;
      case Token::Kind::kText:
        if (!tokens.empty() && tokens.back()[0] == "Character") {
          tokens.back()[1] = tokens.back()[1].get<std::string>() + std::string(token.text);
        } else {
          tokens.push_back({"Character", text});
        }
        break;
      case Token::Kind::kComment:
        tokens.push_back({"Comment", text});
        break;
      case Token::Kind::kDoctype: {
        auto id = [](const std::optional<std::string_view>& value) {
          return value ? json(std::string(*value)) : json();
        };
        tokens.push_back({"DOCTYPE", token.text.empty() ? json() : text, id(token.public_id),
                          id(token.system_id), !token.force_quirks});
        break;
      }
      case Token::Kind::kEndTag:
        tokens.push_back({"EndTag", text});
        break;
      case Token::Kind::kStartTag: {
        json attributes = json::object();
        for (const Attribute& a : token.attributes) {
          attributes[std::string(a.name)] = std::string(a.value);
        }
        tokens.push_back({"StartTag", text, attributes});
        if (token.self_closing) tokens.back().push_back(true);
        break;
      }
    }
  }
}

TEST(Conformance, Tokenizer) {
  if (!fs::exists(kSuite)) GTEST_SKIP() << "no html5lib-tests at " << kSuite;
  const std::map<std::string, Tokenizer::State> states = {
      {"Data state", Tokenizer::State::kData},
      {"PLAINTEXT state", Tokenizer::State::kPlaintext},
      {"RCDATA state", Tokenizer::State::kRcdata},
      {"RAWTEXT state", Tokenizer::State::kRawtext},
      {"Script data state", Tokenizer::State::kScriptData},
      {"CDATA section state", Tokenizer::State::kCdata}};
  size_t passed = 0, failed = 0, surrogates = 0;
  for (const fs::path& file : FilesIn(kSuite / "tokenizer", ".test")) {
    json suite = json::parse(ReadFile(file), nullptr, false);
    ASSERT_FALSE(suite.is_discarded()) << file;
    // "xmlViolationTests" ask for XML's view of a page, which a tree of HTML is not.
    for (json one : suite.value("tests", json::array())) {
      std::string input = one["input"];
      json expected = one["output"];
      if (one.value("doubleEscaped", false) && (!Unescape(input) || !UnescapeAll(expected))) {
        ++surrogates;
        continue;
      }
      input = WithLineFeeds(input);
      for (std::string state : one.value("initialStates", std::vector<std::string>{"Data state"})) {
        const json got = Tokens(input, states.at(state), one.value("lastStartTag", ""));
        got == expected ? ++passed : ++failed;
        EXPECT_EQ(got, expected) << file.filename() << ": " << one["description"] << " in "
                                 << state;
      }
    }
  }
  std::cout << "tokenizer: " << passed << " passed, " << failed << " failed, " << surrogates
            << " left out (lone surrogates, which UTF-8 can't hold)\n";
}

}  // namespace
}  // namespace kronik::html

// What the tree construction rules ask of elements, by tag.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>

#include "html/tree.h"

namespace kronik::html {

enum TagTrait : uint16_t {
  kSpecial = 1 << 0,
  kFormatting = 1 << 1,
  kEndScope = 1 << 2,  // ends a search for an element "in scope"
  kEndTableScope = 1 << 3,
  kImpliedEnd = 1 << 4,
  kImpliedEndThorough = 1 << 5,
  kVoid = 1 << 6,        // has no content
  kHeading = 1 << 7,     // h1 to h6
  kTableText = 1 << 8,   // table, tbody, tfoot, thead, tr: text in them is moved out
  kRowGroup = 1 << 9,    // tbody, tfoot, thead
  kBreaksOut = 1 << 10,  // ends SVG and MathML
  kClosesP = 1 << 11,    // a start tag that closes an open <p>, and whose end tag is simple
  kSkeleton = 1 << 12,   // an insertion mode or a marker hangs on its being open
};

namespace internal {

constexpr std::array<uint16_t, kTagCount> MakeTraits() {
  std::array<uint16_t, kTagCount> traits{};
  auto set = [&traits](TagTrait trait, std::initializer_list<Tag> tags) {
    for (Tag tag : tags) traits[static_cast<size_t>(tag)] |= trait;
  };
  using enum Tag;
  set(kSpecial,
      {kAddress,    kApplet,   kArea,   kArticle, kAside,     kBase,     kBasefont, kBgsound,
       kBlockquote, kBody,     kBr,     kButton,  kCaption,   kCenter,   kCol,      kColgroup,
       kDd,         kDetails,  kDir,    kDiv,     kDl,        kDt,       kEmbed,    kFieldset,
       kFigcaption, kFigure,   kFooter, kForm,    kFrame,     kFrameset, kH1,       kH2,
       kH3,         kH4,       kH5,     kH6,      kHead,      kHeader,   kHgroup,   kHr,
       kHtml,       kIframe,   kImg,    kInput,   kKeygen,    kLi,       kLink,     kListing,
       kMain,       kMarquee,  kMenu,   kMeta,    kNav,       kNoembed,  kNoframes, kNoscript,
       kObject,     kOl,       kP,      kParam,   kPlaintext, kPre,      kScript,   kSearch,
       kSection,    kSelect,   kSource, kStyle,   kSummary,   kTable,    kTbody,    kTd,
       kTemplate,   kTextarea, kTfoot,  kTh,      kThead,     kTitle,    kTr,       kTrack,
       kUl,         kWbr,      kXmp});
  set(kFormatting,
      {kA, kB, kBig, kCode, kEm, kFont, kI, kNobr, kS, kSmall, kStrike, kStrong, kTt, kU});
  set(kEndScope,
      {kApplet, kCaption, kHtml, kTable, kTd, kTh, kMarquee, kObject, kSelect, kTemplate});
  set(kEndTableScope, {kHtml, kTable, kTemplate});
  set(kImpliedEnd, {kDd, kDt, kLi, kOptgroup, kOption, kP, kRb, kRp, kRt, kRtc});
  set(kImpliedEndThorough, {kDd, kDt, kLi, kOptgroup, kOption, kP, kRb, kRp, kRt, kRtc, kCaption,
                            kColgroup, kTbody, kTd, kTfoot, kTh, kThead, kTr});
  set(kVoid, {kArea, kBase, kBasefont, kBgsound, kBr, kCol, kEmbed, kFrame, kHr, kImg, kInput,
              kKeygen, kLink, kMeta, kParam, kSource, kTrack, kWbr});
  set(kHeading, {kH1, kH2, kH3, kH4, kH5, kH6});
  set(kTableText, {kTable, kTbody, kTfoot, kThead, kTr});
  set(kRowGroup, {kTbody, kTfoot, kThead});
  set(kBreaksOut,
      {kB,     kBig,   kBlockquote, kBody,   kBr,   kCenter, kCode,  kDd, kDiv,  kDl,   kDt,
       kEm,    kEmbed, kH1,         kH2,     kH3,   kH4,     kH5,    kH6, kHead, kHr,   kI,
       kImg,   kLi,    kListing,    kMenu,   kMeta, kNobr,   kOl,    kP,  kPre,  kRuby, kS,
       kSmall, kSpan,  kStrong,     kStrike, kSub,  kSup,    kTable, kTt, kU,    kUl,   kVar});
  set(kClosesP,
      {kAddress, kArticle,  kAside,      kBlockquote, kCenter,  kDetails, kDialog, kDir,  kDiv,
       kDl,      kFieldset, kFigcaption, kFigure,     kFooter,  kHeader,  kHgroup, kMain, kMenu,
       kNav,     kOl,       kP,          kSearch,     kSection, kSummary, kUl});
  set(kSkeleton, {kApplet, kBody,     kButton,  kCaption, kColgroup, kForm,  kFrameset,
                  kHead,   kHtml,     kMarquee, kObject,  kSelect,   kTable, kTbody,
                  kTd,     kTemplate, kTfoot,   kTh,      kThead,    kTr});
  return traits;
}

inline constexpr std::array<uint16_t, kTagCount> kTraits = MakeTraits();

}  // namespace internal

// Whether an HTML element of the tag has a trait.
constexpr bool Has(Tag tag, TagTrait trait) {
  return (internal::kTraits[static_cast<size_t>(tag)] & trait) != 0;
}

// The spelling of an SVG element's name ("foreignObject"); the name itself where it has no
// capitals. Likewise for an attribute. (HTML standard, 13.2.6.1.)
std::string_view SvgElementName(std::string_view lower);
std::string_view SvgAttributeName(std::string_view lower);

// Gives an attribute of an SVG or MathML element its prefix: "xlink:href" is xlink's "href".
void SplitPrefix(Attribute& attribute);

// What a doctype says of the page's age. Tables of 13.2.6.4.1.
enum class Quirks : uint8_t { kNone, kLimited, kFull };
Quirks QuirksOf(std::string_view name, const std::string_view* public_id,
                const std::string_view* system_id);

}  // namespace kronik::html

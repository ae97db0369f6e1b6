#include "html/elements.h"

#include <algorithm>
#include <string>

#include "base/ascii.h"

namespace kronik::html {
namespace {

constexpr std::string_view kSvgElements[] = {"altGlyph",
                                             "altGlyphDef",
                                             "altGlyphItem",
                                             "animateColor",
                                             "animateMotion",
                                             "animateTransform",
                                             "clipPath",
                                             "feBlend",
                                             "feColorMatrix",
                                             "feComponentTransfer",
                                             "feComposite",
                                             "feConvolveMatrix",
                                             "feDiffuseLighting",
                                             "feDisplacementMap",
                                             "feDistantLight",
                                             "feDropShadow",
                                             "feFlood",
                                             "feFuncA",
                                             "feFuncB",
                                             "feFuncG",
                                             "feFuncR",
                                             "feGaussianBlur",
                                             "feImage",
                                             "feMerge",
                                             "feMergeNode",
                                             "feMorphology",
                                             "feOffset",
                                             "fePointLight",
                                             "feSpecularLighting",
                                             "feSpotLight",
                                             "feTile",
                                             "feTurbulence",
                                             "foreignObject",
                                             "glyphRef",
                                             "linearGradient",
                                             "radialGradient",
                                             "textPath"};

constexpr std::string_view kSvgAttributes[] = {"attributeName",
                                               "attributeType",
                                               "baseFrequency",
                                               "baseProfile",
                                               "calcMode",
                                               "clipPathUnits",
                                               "diffuseConstant",
                                               "edgeMode",
                                               "filterUnits",
                                               "glyphRef",
                                               "gradientTransform",
                                               "gradientUnits",
                                               "kernelMatrix",
                                               "kernelUnitLength",
                                               "keyPoints",
                                               "keySplines",
                                               "keyTimes",
                                               "lengthAdjust",
                                               "limitingConeAngle",
                                               "markerHeight",
                                               "markerUnits",
                                               "markerWidth",
                                               "maskContentUnits",
                                               "maskUnits",
                                               "numOctaves",
                                               "pathLength",
                                               "patternContentUnits",
                                               "patternTransform",
                                               "patternUnits",
                                               "pointsAtX",
                                               "pointsAtY",
                                               "pointsAtZ",
                                               "preserveAlpha",
                                               "preserveAspectRatio",
                                               "primitiveUnits",
                                               "refX",
                                               "refY",
                                               "repeatCount",
                                               "repeatDur",
                                               "requiredExtensions",
                                               "requiredFeatures",
                                               "specularConstant",
                                               "specularExponent",
                                               "spreadMethod",
                                               "startOffset",
                                               "stdDeviation",
                                               "stitchTiles",
                                               "surfaceScale",
                                               "systemLanguage",
                                               "tableValues",
                                               "targetX",
                                               "targetY",
                                               "textLength",
                                               "viewBox",
                                               "viewTarget",
                                               "xChannelSelector",
                                               "yChannelSelector",
                                               "zoomAndPan"};

template <size_t n>
std::string_view Spelled(std::string_view lower, const std::string_view (&names)[n]) {
  for (std::string_view name : names) {
    if (name.size() == lower.size() &&
        std::equal(name.begin(), name.end(), lower.begin(), [](char a, char b) {
          return (a >= 'A' && a <= 'Z' ? static_cast<char>(a | 0x20) : a) == b;
        })) {
      return name;
    }
  }
  return lower;
}

constexpr std::string_view kQuirkyPublicPrefixes[] = {
    "+//silmaril//dtd html pro v0r11 19970101//",
    "-//as//dtd html 3.0 aswedit + extensions//",
    "-//advasoft ltd//dtd html 3.0 aswedit + extensions//",
    "-//ietf//dtd html 2.0 level 1//",
    "-//ietf//dtd html 2.0 level 2//",
    "-//ietf//dtd html 2.0 strict level 1//",
    "-//ietf//dtd html 2.0 strict level 2//",
    "-//ietf//dtd html 2.0 strict//",
    "-//ietf//dtd html 2.0//",
    "-//ietf//dtd html 2.1e//",
    "-//ietf//dtd html 3.0//",
    "-//ietf//dtd html 3.2 final//",
    "-//ietf//dtd html 3.2//",
    "-//ietf//dtd html 3//",
    "-//ietf//dtd html level 0//",
    "-//ietf//dtd html level 1//",
    "-//ietf//dtd html level 2//",
    "-//ietf//dtd html level 3//",
    "-//ietf//dtd html strict level 0//",
    "-//ietf//dtd html strict level 1//",
    "-//ietf//dtd html strict level 2//",
    "-//ietf//dtd html strict level 3//",
    "-//ietf//dtd html strict//",
    "-//ietf//dtd html//",
    "-//metrius//dtd metrius presentational//",
    "-//microsoft//dtd internet explorer 2.0 html strict//",
    "-//microsoft//dtd internet explorer 2.0 html//",
    "-//microsoft//dtd internet explorer 2.0 tables//",
    "-//microsoft//dtd internet explorer 3.0 html strict//",
    "-//microsoft//dtd internet explorer 3.0 html//",
    "-//microsoft//dtd internet explorer 3.0 tables//",
    "-//netscape comm. corp.//dtd html//",
    "-//netscape comm. corp.//dtd strict html//",
    "-//o'reilly and associates//dtd html 2.0//",
    "-//o'reilly and associates//dtd html extended 1.0//",
    "-//o'reilly and associates//dtd html extended relaxed 1.0//",
    "-//sq//dtd html 2.0 hotmetal + extensions//",
    "-//softquad software//dtd hotmetal pro 6.0::19990601::extensions to html 4.0//",
    "-//softquad//dtd hotmetal pro 4.0::19971010::extensions to html 4.0//",
    "-//spyglass//dtd html 2.0 extended//",
    "-//sun microsystems corp.//dtd hotjava html//",
    "-//sun microsystems corp.//dtd hotjava strict html//",
    "-//w3c//dtd html 3 1995-03-24//",
    "-//w3c//dtd html 3.2 draft//",
    "-//w3c//dtd html 3.2 final//",
    "-//w3c//dtd html 3.2//",
    "-//w3c//dtd html 3.2s draft//",
    "-//w3c//dtd html 4.0 frameset//",
    "-//w3c//dtd html 4.0 transitional//",
    "-//w3c//dtd html experimental 19960712//",
    "-//w3c//dtd html experimental 970421//",
    "-//w3c//dtd w3 html//",
    "-//w3o//dtd w3 html 3.0//",
    "-//webtechs//dtd mozilla html 2.0//",
    "-//webtechs//dtd mozilla html//"};

}  // namespace

std::string_view SvgElementName(std::string_view lower) { return Spelled(lower, kSvgElements); }
std::string_view SvgAttributeName(std::string_view lower) { return Spelled(lower, kSvgAttributes); }

void SplitPrefix(Attribute& attribute) {
  std::string_view& name = attribute.name;
  if (name.starts_with("xlink:")) {
    const std::string_view local = name.substr(6);
    for (std::string_view known : {"actuate", "arcrole", "href", "role", "show", "title", "type"}) {
      if (local != known) continue;
      attribute.prefix = Prefix::kXLink;
      name = local;
      return;
    }
  } else if (name == "xml:lang" || name == "xml:space") {
    attribute.prefix = Prefix::kXml;
    name.remove_prefix(4);
  } else if (name == "xmlns") {
    attribute.prefix = Prefix::kXmlns;
  } else if (name == "xmlns:xlink") {
    attribute.prefix = Prefix::kXmlns;
    name.remove_prefix(6);
  }
}

Quirks QuirksOf(std::string_view name, const std::string_view* public_id,
                const std::string_view* system_id) {
  if (name != "html") return Quirks::kFull;
  const std::string pub = public_id == nullptr ? std::string() : AsciiLower(*public_id);
  const std::string sys = system_id == nullptr ? std::string() : AsciiLower(*system_id);
  if (pub == "-//w3o//dtd w3 html strict 3.0//en//" ||
      pub == "-/w3c/dtd html 4.0 transitional/en" || pub == "html" ||
      sys == "http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd") {
    return Quirks::kFull;
  }
  for (std::string_view prefix : kQuirkyPublicPrefixes) {
    if (pub.starts_with(prefix)) return Quirks::kFull;
  }
  if (pub.starts_with("-//w3c//dtd html 4.01 frameset//") ||
      pub.starts_with("-//w3c//dtd html 4.01 transitional//")) {
    return system_id == nullptr ? Quirks::kFull : Quirks::kLimited;
  }
  if (pub.starts_with("-//w3c//dtd xhtml 1.0 frameset//") ||
      pub.starts_with("-//w3c//dtd xhtml 1.0 transitional//")) {
    return Quirks::kLimited;
  }
  return Quirks::kNone;
}

}  // namespace kronik::html

#include "parse/tag_set.h"

#include "parse/linear_model.h"

namespace kronik {

void TagSet::Add(Upos upos, std::string_view feats) {
  tags.push_back({upos, std::string(feats), HashText(feats, static_cast<uint64_t>(upos) + 1)});
}

void TagSet::Write(ByteWriter& out) const {
  out.Number(tags.size());
  for (const Tag& tag : tags) {
    out.Number(static_cast<uint64_t>(tag.upos));
    out.String(tag.feats);
  }
}

TagSet TagSet::Read(ByteReader& in) {
  TagSet set;
  const size_t count = in.Count();
  if (count == 0 || count > kMaxClasses) in.Fail();
  for (size_t i = 0; i < count && in.ok(); ++i) {
    const uint64_t upos = in.Number();
    if (upos >= kUposCount) in.Fail();
    set.Add(static_cast<Upos>(upos < kUposCount ? upos : 0), in.String());
  }
  return set;
}

}  // namespace kronik

// The steps from lines to an article, in the order in which RawToArticle takes them. Each gives
// some of the lines their role; none changes a role that an earlier step has given, but to take a
// line for furniture after all.
#pragma once

#include "article/raw_report.h"

namespace kronik {

// Lines that are furniture by their own words, and what their labels say. Sets cue, repeated and
// strong of every line.
void MarkFurniture(RawReport& report);

// Lines that hold nothing but authors and dates.
void MarkBylines(RawReport& report);

// Where the story starts and ends: `body` and `last`, of those lines that read like paragraphs.
void FindStory(RawReport& report);

// The headline among the lines above the story, without the outlet's name behind it.
void FindTitle(RawReport& report);

// The other lines above the story: captions, deck, authors without a label, navigation.
void MarkHeader(RawReport& report);

// The lines of the story and below it: paragraphs, headings, lists, captions, and what stands
// between them.
void MarkStory(RawReport& report);

// Dates, place, authors and publisher, each from the best of the places that name one.
void TakeFacts(RawReport& report);

}  // namespace kronik

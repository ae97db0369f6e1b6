#include "entity/times.h"

#include <gtest/gtest.h>

#include <string>

namespace kronik {
namespace {

const TimeFinder& TheFinder() {
  static const Result<Resources> resources = Resources::Open();
  static const Result<TimeFinder> finder = TimeFinder::Load(*resources);
  EXPECT_TRUE(finder) << finder.error().ToString();
  return *finder;
}

// "words=from" or "words=from..to" of each expression, separated by "; ".
std::string Find(std::string_view lang, std::string_view published, std::string_view text) {
  Document document;
  document.article.lang = lang;
  document.article.published = published;
  document.article.title = text;
  TheFinder().Annotate(document);
  std::string out;
  for (const TimeExpression& time : document.times) {
    if (!out.empty()) out += "; ";
    out += document.Cut(time.span);
    out += '=';
    if (!time.interval.known()) {
      out += time.value.empty() ? "?" : time.value;
    } else if (time.interval.from == time.interval.to) {
      out += time.interval.from;
    } else {
      out += time.interval.from + ".." + time.interval.to;
    }
  }
  return out;
}

struct Case {
  const char* lang;
  const char* text;
  const char* want;
};

TEST(TimeFinder, ResolvesAgainstTheArticlesDay) {
  const Case cases[] = {
      {"en", "It was signed on 20 October 2023.", "20 October 2023=2023-10-20"},
      {"en", "It was signed on October 20, 2023", "October 20, 2023=2023-10-20"},
      {"en", "The minister said on Friday that talks will resume.", "Friday=2023-10-20"},
      {"en", "The two sides will meet on Friday.", "Friday=2023-10-27"},
      {"en", "On Friday, the ministers will meet.", "Friday=2023-10-27"},
      {"en", "They will return on Monday, he said on Tuesday.",
       "Monday=2023-10-30; Tuesday=2023-10-24"},
      {"en", "Trade fell last month.", "last month=2023-09"},
      {"en", "an exchange plan for 2024-2025", "2024-2025=2024..2025"},
      {"en", "They met on the 19th.", "the 19th=2023-10-19"},
      {"en", "a visit from 18 to 20 October", "from 18 to 20 October=2023-10-18..2023-10-20"},
      {"en", "They met on October 10. Two days earlier he had left.",
       "October 10=2023-10-10; Two days earlier=2023-10-08"},
      {"en", "It has been closed since March 2020.", "since March 2020=2020-03.."},
      {"en", "in early 2024", "early 2024=2024-01..2024-04"},
      {"en", "It began three weeks ago", "three weeks ago=2023-10-03"},
      {"en", "It may march on; he paid 2,023 dollars in the 1990s.", "the 1990s=1990..1999"},
      {"en", "the second quarter of 2022", "the second quarter of 2022=2022-04..2022-06"},
      {"en", "They took the oath on January 16.", "January 16=2023-01-16"},
      {"en", "a few years ago the 2020 vote, last weekend", "last weekend=2023-10-21..2023-10-22"},
      {"id", "Kedua pihak bertemu pada Jumat (20/10/2023).", "Jumat (20/10/2023)=2023-10-20"},
      {"id", "Menlu tiba pada Rabu, kata juru bicara.", "Rabu=2023-10-18"},
      {"id", "Menlu akan tiba pada Rabu.", "Rabu=2023-10-25"},
      {"id", "Ekspor turun bulan lalu dan naik pekan depan.",
       "bulan lalu=2023-09; pekan depan=2023-10-30..2023-11-05"},
      {"id", "Ia datang dua hari lalu, Minggu (22/10).",
       "dua hari lalu=2023-10-22; Minggu (22/10)=2023-10-22"},
      {"id", "rencana pertukaran untuk 2024-2025", "2024-2025=2024..2025"},
      {"id", "Rapat digelar 5 Mei lalu pukul 14.30 WIB.",
       "5 Mei lalu pukul 14.30 WIB=2023-05-05T14:30"},
      {"id", "Sehari sebelumnya ia tiba.", "Sehari sebelumnya=2023-10-23"},
      {"en", "Talks run from 2:00 to 2:30 pm on Tuesday.",
       "from 2:00 to 2:30 pm on Tuesday=2023-10-24T14:00..2023-10-24T14:30"},
      {"en", "They met on 20 October at 8 in the morning",
       "20 October at 8 in the morning=2023-10-20T08:00"},
      {"en", "the first week of 2021", "the first week of 2021=2021-01-04..2021-01-10"},
      {"en", "the last four months of 2021", "the last four months of 2021=2021-09..2021-12"},
      {"en", "week 27 of last year", "week 27 of last year=2022-07-04..2022-07-10"},
      {"en", "in force after 2016.", "after 2016=2016.."},
      {"en", "He spoke after Friday's talks", "Friday=2023-10-20"},
      {"en", "three days after 5 October", "three days after 5 October=2023-10-08"},
      {"en", "from 26 June to 28 June 2020", "from 26 June to 28 June 2020=2020-06-26..2020-06-28"},
      {"en", "from November to March", "from November to March=2023-11..2024-03"},
      {"en", "2019 Q3 and the 21st century",
       "2019 Q3=2019-07..2019-09; the 21st century=2000-01..2099-12"},
      {"en", "elections next spring", "next spring=2024-03..2024-05"},
      {"en", "on Christmas Eve 2022", "Christmas Eve 2022=2022-12-24"},
      {"en", "two and a half hours; every other Friday",
       "two and a half hours=PT2.5H; every other Friday=XXXX-WXX-5"},
      {"id", "Rapat dimulai Jumat pukul 8 malam.", "Jumat pukul 8 malam=2023-10-20T20:00"},
      {"en", "by the end of the year, no later than 1 July 2026",
       "the end of the year=2023-09..2023-12; no later than 1 July 2026=..2026-07-01"},
      {"en", "a five-year pact", "five-year=P5Y"},
      {"id", "pada akhir tahun, paling lambat 1 Juli 2026",
       "akhir tahun=2023-09..2023-12; paling lambat 1 Juli 2026=..2026-07-01"},
      {"id", "abad ke-21", "abad ke-21=2000-01..2099-12"},
      {"en", "a hundred and twenty days; twenty-five-year leases; ninety hours",
       "a hundred and twenty days=P120D; twenty-five-year=P25Y; ninety hours=PT90H"},
      {"id", "dua ratus lima puluh hari lalu", "dua ratus lima puluh hari lalu=2023-02-16"},
      {"en", "on the twenty-first of May", "the twenty-first of May=2023-05-21"},
      {"en", "a fortnight ago, the next fortnight",
       "a fortnight ago=2023-10-10; next fortnight=2023-10-25..2023-11-07"},
      {"en", "They met on 5 June and signed on the same day.",
       "5 June=2023-06-05; same day=2023-06-05"},
      {"id", "Ia tiba 5 Juni dan pulang pada hari yang sama.",
       "5 Juni=2023-06-05; hari yang sama=2023-06-05"},
      {"en", "the week of 12 June 2023", "the week of 12 June 2023=2023-06-12..2023-06-18"},
      {"en", "the two previous years", "two previous years=2021-10-24..2023-10-24"},
      {"en", "earlier this month", "earlier this month=2023-10-01..2023-10-24"},
      {"en", "It will open later this year.", "later this year=2023-10-24..2023-12-31"},
      {"en", "on Good Friday 2024 and on Easter Monday",
       "Good Friday 2024=2024-03-29; Easter Monday=2023-04-10"},
      {"en", "Thanksgiving 2024, Memorial Day 2021",
       "Thanksgiving 2024=2024-11-28; Memorial Day 2021=2021-05-31"},
      {"id", "Jum'at Agung? Paskah 2025", "Jum'at=2023-10-20; Paskah 2025=2025-04-20"},
      {"en", "New Year's Day 2022", "New Year's Day 2022=2022-01-01"},
      {"en", "at half past seven; at eight o'clock on 3 May 2021",
       "at half past seven=T07:30:00; at eight o'clock on 3 May 2021=2021-05-03T08:00"},
      {"en", "a quarter to ten in the evening", "a quarter to ten in the evening=T21:45:00"},
      {"en", "from November to January 2024", "from November to January 2024=2023-11..2024-01"},
      {"en", "Friday 20/10, Sep-23-2020", "Friday 20/10=2023-10-20; Sep-23-2020=2020-09-23"},
      {"en", "all week", "all week=P1W"},
      {"en", "Growth slowed in the third quarter to 5 percent",
       "the third quarter=2023-07..2023-09"},
      {"en", "a 60-day truce, a 10-year lease", "60-day=P60D; 10-year=P10Y"},
      {"en", "It has grown over the past decade.", "past decade=2013-10-24..2023-10-24"},
      {"en", "for the past year; the past week",
       "past year=2022-10-24..2023-10-24; past week=2023-10-17..2023-10-24"},
      {"en", "They will train over the next year, and next year.",
       "next year=2023-10-25..2024-10-24; next year=2024"},
      {"en", "in the coming weeks; next week",
       "coming weeks=FUTURE_REF; next week=2023-10-30..2023-11-05"},
      {"en", "It will end before the end of March 2024, before the end of next year.",
       "before the end of March 2024=..2024-03-31; before the end of next year=..2024-12"},
      {"en", "It will open by the end of the summer, until spring.",
       "the end of the summer=2024-07-31..2024-08-31; until spring=..2024-05"},
      {"en", "for seven days from 30 October 2023", "seven days=P7D; 30 October 2023=2023-10-30"},
      {"en", "seven days from 30 October 2023", "seven days from 30 October 2023=2023-11-06"},
      {"id", "selama lima tahun ke depan", "lima tahun ke depan=2023-10-25..2028-10-24"},
      {"id", "dalam lima tahun terakhir; dekade terakhir",
       "lima tahun terakhir=2018-10-24..2023-10-24; dekade terakhir=2013-10-24..2023-10-24"},
      {"id", "dalam 30 hari ke depan", "30 hari ke depan=2023-11-23"},
      {"id", "sebelum akhir Maret 2024", "sebelum akhir Maret 2024=..2024-03-31"},
      {"en", "by mid-2025, before mid-2025",
       "mid-2025=2025-05..2025-08; before mid-2025=..2025-06"},
      {"en", "before Orthodox Easter 2024; on or before 5 May 2024",
       "before Orthodox Easter 2024=..2024-05-04; on or before 5 May 2024=..2024-05-05"},
      {"en", "by mid-May 2024", "mid-May 2024=2024-05-11..2024-05-20"},
      {"id", "pada pekan pertama Mei 2024", "pekan pertama Mei 2024=2024-04-29..2024-05-05"},
      {"en", "The truce is to last 90 days.", "90 days=P90D"},
      {"en", "They signed in 2015. Three years later it ended.", "2015=2015; Three years later=2018"},
      {"en", "They signed in March 2015. Two days later it ended, that year.",
       "March 2015=2015-03; Two days later=?; that year=2015"},
      {"en", "They met on 1 May 2021. That evening they left; the following March they returned.",
       "1 May 2021=2021-05-01; That evening=2021-05-01; following March=2022-03"},
      {"en", "They met on 4 May 2021. The following Tuesday it ended, the next year too.",
       "4 May 2021=2021-05-04; The following Tuesday=2021-05-11; next year=2024"},
      {"en", "It began on 5 October, the army said on Friday. Two days later it ended.",
       "5 October=2023-10-05; Friday=2023-10-20; Two days later=2023-10-07"},
      {"en", "They met over the weekend and will meet again at the weekend.",
       "the weekend=2023-10-21..2023-10-22; the weekend=2023-10-28..2023-10-29"},
      {"en", "3.4.2021, fiscal 2022, FY2024, the '90s",
       "3.4.2021=2021-04-03; fiscal 2022=2022; FY2024=2024; the '90s=1990..1999"},
      {"en", "They met between January and March, and in the past 24 hours.",
       "between January and March=2023-01..2023-03; past 24 hours=2023-10-23..2023-10-24"},
      {"en", "In two weeks' time; the day after Christmas 2022",
       "two weeks' time=2023-11-07; the day after Christmas 2022=2022-12-26"},
      {"id", "Kunjungan 3-5/2/2021 dan Agustus tahun itu, beberapa hari lalu.",
       "3-5/2/2021=2021-02-03..2021-02-05; Agustus tahun itu=2021-08; beberapa hari lalu=PAST_REF"},
      {"id", "Mereka bertemu 1 Mei; tiga hari sebelumnya ia tiba, pekan berikutnya ia pulang.",
       "1 Mei=2023-05-01; tiga hari sebelumnya=2023-04-28; pekan berikutnya=2023-05-01..2023-05-07"},
      {"xx", "20 October 2023", ""},
      {"en", "", ""},
  };
  for (const Case& c : cases) EXPECT_EQ(Find(c.lang, "2023-10-24T08:00:00+07:00", c.text), c.want);
}

TEST(TimeFinder, WithoutAReferenceOnlyWholeDatesResolve) {
  EXPECT_EQ(Find("en", "", "on 3 May 2021, last week, on Friday, on 5 June, 3 days ago"),
            "3 May 2021=2021-05-03; last week=?; Friday=?; 5 June=?; 3 days ago=?");
}

TEST(TimeFinder, StrangeTextDoesNoHarm) {
  for (std::string_view text : {"31 February 2023", "99/99/9999", "0000-00-00", "9999-12-31 later",
                                "last 999 years ago 999 decades ago", "0000s 2023-13-45 13:61",
                                "May May May 5 5 5", "from to between and the the of of",
                                "nine hundred thousand hundred and ninety-nine thousand years ago",
                                "Easter 9999 the same same week week of the 99th half past past"}) {
    for (const char* lang : {"en", "id"}) Find(lang, "2023-10-24", text);
  }
}

}  // namespace
}  // namespace kronik

#include "article/raw_article.h"

#include <gmock/gmock.h>

namespace kronik {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class RawArticleTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    Result<Resources> resources = Resources::Open();
    ASSERT_TRUE(resources) << resources.error().ToString();
    Result<ArticleWords> words = ArticleWords::Load(*resources);
    ASSERT_TRUE(words) << words.error().ToString();
    words_ = new ArticleWords(std::move(*words));
  }
  static std::string KindOf(const Article& article, std::string_view text) {
    for (const Residue& residue : article.residue) {
      if (residue.text == text) return residue.kind;
    }
    return "(none)";
  }

  static ArticleWords* words_;
};
ArticleWords* RawArticleTest::words_ = nullptr;

TEST_F(RawArticleTest, ReadsAnIndonesianReport) {
  Document document;
  document.input.bytes =
      "Beranda\n"
      "Presiden Ruritania disambut upacara di Bandara Halim, 3 Mei 2024. (Dok. Kemlu / AFP)\n"
      "Presiden Ruritania disambut upacara di Bandara Halim, 3 Mei 2024. (Dok. Kemlu / AFP)\n"
      "\n"
      "Ruritania dan Indonesia Sepakati Kerja Sama Pangan\n"
      "\n"
      "Siti Rahma • 4 Mei 2024 08.15 WIB\n"
      "Jakarta: Indonesia dan Ruritania menyepakati kerja sama pangan pada hari Sabtu.\n"
      "\n"
      "Kesepakatan itu diumumkan oleh kedua menteri seusai pertemuan selama dua jam.\n"
      "Baca juga:  Ruritania Buka Kedutaan di Jakarta\n"
      "\n"
      "Hubungan Kedua Negara\n"
      "\n"
      "Kedua negara membuka hubungan diplomatik pada tahun 1960 di Bandung, Jawa Barat.\n"
      "\n"
      "(SRA)\n"
      "TERKAIT\n"
      "Panen Raya di Ruritania Utara\n"
      "Ikuti media sosial contohberita.co.id untuk kabar lain\n";
  RawToArticle(*words_, document);
  const Article& article = document.article;
  EXPECT_EQ(article.lang, "id");
  EXPECT_EQ(article.title, "Ruritania dan Indonesia Sepakati Kerja Sama Pangan");
  EXPECT_THAT(article.authors, ElementsAre("Siti Rahma"));
  EXPECT_EQ(article.published, "2024-05-04T08:15:00+07:00");
  EXPECT_EQ(article.published_basis, PublishedBasis::kStated);
  EXPECT_EQ(article.place, "Jakarta");
  EXPECT_EQ(article.publisher, "contohberita.co.id");
  ASSERT_EQ(article.captions.size(), 1u);
  EXPECT_EQ(article.captions[0].text,
            "Presiden Ruritania disambut upacara di Bandara Halim, 3 Mei 2024.");
  EXPECT_EQ(article.captions[0].credit.text, "Dok. Kemlu / AFP");
  EXPECT_EQ(article.captions[0].credit.agency, "AFP");
  EXPECT_EQ(article.captions[0].credit.handout_by, "Kemlu");
  ASSERT_EQ(article.blocks.size(), 4u);
  EXPECT_TRUE(article.text.starts_with("Jakarta: Indonesia"));
  EXPECT_EQ(article.blocks[2].kind, BlockKind::kHeading);
  ASSERT_GE(article.related.size(), 1u);
  EXPECT_EQ(article.related[0].text, "Ruritania Buka Kedutaan di Jakarta");
  EXPECT_EQ(KindOf(article, "(SRA)"), "editor");
  EXPECT_EQ(KindOf(article, "TERKAIT"), "related");
  EXPECT_EQ(KindOf(article, "Ikuti media sosial contohberita.co.id untuk kabar lain"), "share");
}

TEST_F(RawArticleTest, ReadsAnEnglishReport) {
  Document document;
  document.input.bytes =
      "Skip to content\n"
      "World\n"
      "Envoys of Ruritania and Freedonia resume border talks\n"
      "The two sides had not met for three years\n"
      "By Ann B. Example and John Sample | Reuters\n"
      "Published: May 3, 2024 at 4:05 pm\n"
      "FILE PHOTO: The border post at Strelsau. REUTERS/Jane Doe\n"
      "STRELSAU (Reuters) - Envoys of Ruritania and Freedonia resumed talks on Friday.\n"
      "\"We are hopeful,\" the Ruritanian envoy told reporters before the meeting began.\n"
      "Advertisement\n"
      "The border has been closed since a skirmish in which two guards were hurt.\n"
      "Read also: Freedonia recalls its ambassador\n"
      "Freedonia said it would reply within a week.\n"
      "(Reporting by Ann B. Example; Editing by Max Muster)\n"
      "Related stories\n"
      "Ruritania holds its first census in a decade\n"
      "Copyright 2024 Example Herald. All rights reserved.\n";
  RawToArticle(*words_, document);
  const Article& article = document.article;
  EXPECT_EQ(article.title, "Envoys of Ruritania and Freedonia resume border talks");
  EXPECT_EQ(article.deck, "The two sides had not met for three years");
  EXPECT_THAT(article.authors, ElementsAre("Ann B. Example", "John Sample"));
  EXPECT_EQ(article.published, "2024-05-03T16:05:00");
  EXPECT_EQ(article.place, "STRELSAU");
  ASSERT_EQ(article.captions.size(), 1u);
  EXPECT_EQ(article.captions[0].credit.agency, "Reuters");
  EXPECT_EQ(article.blocks.size(), 4u);
  EXPECT_TRUE(article.text.ends_with("within a week."));
}

TEST_F(RawArticleTest, KeepsAStoryWithoutFurniture) {
  Document document;
  document.input.bytes =
      "Menteri Perdagangan memanggil duta besar untuk meminta penjelasan, Jumat (20/2/2015).\n"
      "Duta besar itu menyatakan akan menyampaikan jawaban pada pekan depan (24/2/2015).\n";
  RawToArticle(*words_, document);
  EXPECT_EQ(document.article.title, "");
  EXPECT_EQ(document.article.blocks.size(), 2u);
  EXPECT_THAT(document.article.residue, IsEmpty());
  EXPECT_EQ(document.article.published, "2015-02-24");
  EXPECT_EQ(document.article.published_basis, PublishedBasis::kInferred);
}

TEST_F(RawArticleTest, JoinsWhatStandsOnTwoLines) {
  Document document;
  document.input.bytes =
      "Ruritania Gelar Pertemuan Darurat Bahas Perbatasan\n"
      "Penulis\nDewi Contoh\nEditor\nBudi Misal\n"
      "Selasa, 5 Maret 2024 10:15 WIB\n"
      "STRELSAU —\n"
      "Parlemen Ruritania menggelar pertemuan darurat untuk membahas perbatasan.\n"
      "Lihat juga:\nPasukan Freedonia Tiba di Perbatasan\n"
      "Ketua parlemen mengatakan hasil pertemuan akan diumumkan pada hari Rabu.\n";
  RawToArticle(*words_, document);
  const Article& article = document.article;
  EXPECT_THAT(article.authors, ElementsAre("Dewi Contoh"));
  EXPECT_EQ(article.place, "STRELSAU");
  EXPECT_TRUE(article.text.starts_with("STRELSAU — Parlemen"));
  EXPECT_EQ(article.blocks.size(), 2u);
  ASSERT_EQ(article.related.size(), 1u);
  EXPECT_EQ(article.related[0].text, "Pasukan Freedonia Tiba di Perbatasan");
}

TEST_F(RawArticleTest, FindsADatelineThatStandsAlone) {
  const struct {
    const char* line;
    const char* place;
    const char* date;
  } kCases[] = {
      {"STRELSAU, March 18, 2023 (Valley Wire)", "STRELSAU", "2023-03-18"},
      {"STRELSAU, 18 March 2023", "STRELSAU", "2023-03-18"},
      {"PORT ZENDA", "PORT ZENDA", ""},
  };
  for (const auto& test : kCases) {
    Document document;
    document.input.bytes =
        "Ruritania's minister visits the port\n\n" + std::string(test.line) +
        "\n\nRuritania's minister of transport visited the new port on Saturday with two of his "
        "deputies.\n"
        "\nThe port will take the first ships next spring, the minister told reporters there.\n";
    RawToArticle(*words_, document);
    EXPECT_EQ(document.article.title, "Ruritania's minister visits the port");
    EXPECT_EQ(document.article.place, test.place);
    EXPECT_EQ(document.article.published, test.date);
    EXPECT_EQ(document.article.blocks.size(), 2u);
  }
}

TEST_F(RawArticleTest, BeginsAtTheDatelineAboveABuriedByline) {
  Document document;
  document.input.bytes =
      "Ruritania moves its guards\n\n"
      "STRELSAU (Valley Post) — Ruritania moved its guards to the bridge on Friday after shots "
      "were heard.\n\n"
      "Published: May 27, 2023\n\n"
      "The government of Freedonia said that it knew of no shots and asked for an inquiry.\n";
  RawToArticle(*words_, document);
  EXPECT_EQ(document.article.place, "STRELSAU");
  EXPECT_EQ(document.article.publisher, "Valley Post");
  EXPECT_EQ(document.article.published, "2023-05-27");
  EXPECT_EQ(document.article.deck, "");
  EXPECT_EQ(document.article.blocks.size(), 2u);
}

TEST_F(RawArticleTest, ReadsTheDatelinesOfAgencies) {
  const struct {
    const char* dateline;
    const char* place;
    const char* publisher;
    const char* date;
  } kCases[] = {
      {"STRELSAU, Jan. 9, 2022 (Valley Courier) -- ", "STRELSAU", "Valley Courier", "2022-01-09"},
      {"STRELSAU. Aug 22 (Interfax) - ", "STRELSAU", "Interfax", ""},
      {"STRELSAU (Reuters) - ", "STRELSAU", "Reuters", ""},
      {"STRELSAU, September 3. /TASS/. ", "STRELSAU", "TASS", ""},
      {"Strelsau, 3 Mei 2024 - ", "Strelsau", "", "2024-05-03"},
  };
  for (const auto& test : kCases) {
    Document document;
    document.input.bytes =
        "Ruritania asks for a loan\n\n" + std::string(test.dateline) +
        "Ruritania asked its neighbours for a loan during a meeting in the capital.\n"
        "\nThe neighbours did not answer the request of the government at once.\n";
    RawToArticle(*words_, document);
    EXPECT_EQ(document.article.place, test.place) << test.dateline;
    EXPECT_EQ(document.article.publisher, test.publisher) << test.dateline;
    EXPECT_EQ(document.article.published, test.date) << test.dateline;
  }
}

TEST_F(RawArticleTest, GoesOnBehindAListOfOtherStories) {
  Document document;
  document.input.bytes =
      "Ruritania dan Freedonia Tunda Perundingan\n"
      "Dewi Contoh - contohNews\n"
      "Rabu, 12 November 2025 07:31 WIB\n\n"
      "Ruritania menunda perundingan dengan Freedonia setelah ledakan melukai empat tentaranya.\n\n"
      "Freedonia membantah telah menanam ranjau baru di sepanjang jalan menuju perbatasan itu.\n\n"
      "Berita Lainnya\n    Pasukan Freedonia Tiba di Perbatasan\n    Ruritania Buka Pelabuhan\n\n"
      "Ketua perundingan meminta semua pihak menahan diri sampai hari Jumat.\n\n"
      "sumber : Antara\nIklan\nYuk Belanja Hari Ini\n";
  RawToArticle(*words_, document);
  EXPECT_THAT(document.article.authors, ElementsAre("Dewi Contoh"));
  EXPECT_EQ(document.article.blocks.size(), 3u);
  EXPECT_EQ(KindOf(document.article, "Ruritania Buka Pelabuhan"), "related");
}

TEST_F(RawArticleTest, KnowsAuthorsByTheirJobs) {
  const struct {
    const char* lang;
    const char* lines;
    const char* author;
  } kCases[] = {
      {"en", "Ruth Example\nValley News border correspondent\n", "Ruth Example"},
      {"id", "Tim Redaksi\nPenulis Dewi Contoh | Editor Budi Misal\n", "Dewi Contoh"},
      {"id", "4 Mei 2024\nAssociated Press\n", "Associated Press"},
  };
  for (const auto& test : kCases) {
    Document document;
    document.input.lang = test.lang;
    document.input.bytes =
        std::string("Ruritania moves its guards to the bridge\n\n") + test.lines +
        "\nRuritania moved its guards to the bridge on Friday after shots were heard there.\n"
        "\nThe government of Freedonia said that it knew of no shots and asked for an inquiry.\n";
    RawToArticle(*words_, document);
    EXPECT_THAT(document.article.authors, ElementsAre(test.author)) << test.lines;
    EXPECT_EQ(document.article.title, "Ruritania moves its guards to the bridge");
  }
}

TEST_F(RawArticleTest, KeepsConsentAndTimeZonesOut) {
  Document document;
  document.input.bytes =
      "Ruritania shuts its crossings\n"
      "Updated on: September 10, 2025 / 9:42 PM EDT / CBS/AFP\n"
      "Add Us On Google\n"
      "Ruritania closed its crossings on Wednesday and asked its allies for talks about the "
      "border.\n"
      "More from Valley News\n    The night the lights went out\n    Minister urges calm\n"
      "By clicking on the button, you agree to our terms and the privacy policy\n"
      "The allies will meet on Friday, the secretary of the alliance told reporters in the "
      "capital.\n";
  RawToArticle(*words_, document);
  EXPECT_THAT(document.article.authors, IsEmpty());
  EXPECT_EQ(document.article.blocks.size(), 2u);
  EXPECT_EQ(KindOf(document.article, "Minister urges calm"), "related");
}

TEST_F(RawArticleTest, PutsBrokenLinesTogether) {
  Document document;
  document.input.bytes =
      "Ruritania recalls its envoy\n\n"
      "Ruritania said on Monday that it would recall its ambassador to\n"
      "the neighbouring state after a border clash in which two soldiers\n"
      "and a farmer were hurt.\n\n"
      "The ministry called the incident a breach of the truce that both\n"
      "countries signed three years ago and asked for an apology from\n"
      "the other government.\n";
  RawToArticle(*words_, document);
  EXPECT_EQ(document.article.title, "Ruritania recalls its envoy");
  ASSERT_EQ(document.article.blocks.size(), 2u);
  EXPECT_TRUE(document.article.text.ends_with("an apology from the other government."));
}

TEST_F(RawArticleTest, FindsDates) {
  const struct {
    const char* line;
    const char* lang;
    const char* date;
  } kCases[] = {
      {"20 Oktober 2023 12:29", "id", "2023-10-20T12:29:00"},
      {"Senin, 20 November 2023, 13:31 WIB", "id", "2023-11-20T13:31:00+07:00"},
      {"SENIN, 12 APRIL 2021 | 09.59 WITA", "id", "2021-04-12T09:59:00+08:00"},
      {"Friday, April 9, 2010", "en", "2010-04-09"},
      {"Oct. 20th, 2023 at 1:05 p.m. EST", "en", "2023-10-20T13:05:00-05:00"},
      {"2023-10-20T12:29:30+02:00", "en", "2023-10-20T12:29:30+02:00"},
      {"2023-10-20T12:29:30.123Z", "en", "2023-10-20T12:29:30Z"},
      {"3/4/2024", "en", "2024-03-04"},
      {"3/4/2024 07:00", "id", "2024-04-03T07:00:00"},
      {"25/12/2024", "en", "2024-12-25"},
      {"March 14, 2024 5:32 AM GMT+7", "en", "2024-03-14T05:32:00+07:00"},
      {"31 February 2024", "en", ""},
      {"room 12 of 2024", "en", ""},
  };
  for (const auto& test : kCases) {
    const auto date = words_->FindDate(test.line, test.lang);
    EXPECT_EQ(date ? date->ToString() : "", test.date) << test.line;
  }
  EXPECT_EQ(words_->DateOfUrl("https://a.b/read/2024/05/03/x")->ToString(), "2024-05-03");
}

TEST_F(RawArticleTest, NamesPublishers) {
  EXPECT_EQ(words_->PublisherOfUrl("https://news.example.co.id/a/b"), "example.co.id");
  EXPECT_EQ(words_->PublisherOfUrl("https://www.reuters.com/world"), "Reuters");
  EXPECT_EQ(words_->PublisherOfUrl("https://t.me/some"), "");
  EXPECT_EQ(words_->PublisherOfUrl("not a url"), "");
}

TEST_F(RawArticleTest, SurvivesHostileInput) {
  std::string odd;
  for (int i = 0; i < 4096; ++i) odd += static_cast<char>(i * 31 % 256);
  for (const std::string& bytes :
       {std::string(), std::string(50000, '('), std::string(100000, '\n'), odd,
        std::string("a: b: c: "), std::string("By\nBy\n12/12/2012\n"), std::string("Foto:\nx\n")}) {
    Document document;
    document.input.bytes = bytes;
    RawToArticle(*words_, document);
    for (const Block& block : document.article.blocks) {
      EXPECT_LE(block.end, document.article.text.size());
    }
  }
}

TEST_F(RawArticleTest, AHeadlineStandsAboveItsPictureBylineAndPoints) {
  Document document;
  document.input.bytes =
      "World\n"
      "Ruritanian minister lands in Lima for first visit in a decade\n"
      "Foreign Minister Anna Berg arrives in Lima, Peru, March 3, 2025. REUTERS/Luis Paz\n"
      "Foreign Minister Anna Berg arrives in Lima, Peru, March 3, 2025. REUTERS/Luis Paz Purchase "
      "Licensing Rights, opens new tab\n"
      "By Daniel Okoro and Mai Huong\n"
      "March 3, 2025 4:12 PM GMT+7 · Updated 3 hours ago\n"
      "Summary\n"
      "Ministers agree to reopen trade office in Strelsau\n"
      "LIMA, March 3 (Reuters) - Ruritania and Peru agreed on Monday to reopen a trade office in "
      "Strelsau, Peru's foreign ministry said.\n"
      "Advertisement · Scroll to continue\n"
      "Berg also invited her counterpart to come to Strelsau within the year.\n"
      "Copyright 2008 - 2025 Harbour Post Ltd. Some rights are ours.\n";
  RawToArticle(*words_, document);
  const Article& article = document.article;
  EXPECT_EQ(article.title, "Ruritanian minister lands in Lima for first visit in a decade");
  EXPECT_EQ(article.captions.size(), 1u);
  EXPECT_EQ(article.captions[0].credit.text, "REUTERS/Luis Paz");
  EXPECT_EQ(article.blocks.size(), 2u);
  EXPECT_EQ(KindOf(article, "Advertisement · Scroll to continue"), "ad");
  EXPECT_EQ(KindOf(article, "Copyright 2008 - 2025 Harbour Post Ltd. Some rights are ours."),
            "footer");
}

TEST_F(RawArticleTest, AListOfOtherStoriesInsideTheStory) {
  Document document;
  document.input.bytes =
      "Rebels free crew of seized ship after Omani mediation\n"
      "By Sara Haddad and Ali Nour\n"
      "Published On 7 May 2025\n"
      "The Ruritanian rebels have released 18 crew members of a cargo ship that they seized last "
      "year, the foreign ministry of Oman says.\n"
      "The sailors, from India and the Philippines, arrived in Muscat on Wednesday aboard a plane "
      "of the air force, the ministry said in a post.\n"
      "Recommended Stories\n"
      "list of 2 items\n"
      "list 1 of 2Traffic falls again\n"
      "list 2 of 2Who are the rebels?\n"
      "end of list\n"
      "India thanked Oman for its efforts over the last months.\n";
  RawToArticle(*words_, document);
  EXPECT_EQ(document.article.blocks.size(), 3u);
  ASSERT_EQ(document.article.related.size(), 2u);
  EXPECT_EQ(document.article.related[0].text, "Traffic falls again");
}

TEST_F(RawArticleTest, PicturesLettersAndTags) {
  Document document;
  document.input.bytes =
      "Norway and Ruritania reopen crossing\n"
      "4 hours ago\n"
      "Amina Yusuf\n"
      "BBC News, Strelsau\n"
      "AFP Lorries queue at a border post as soldiers lift a barrierAFP\n"
      "The first lorries crossed at dawn\n"
      "Norway and Ruritania have reopened a crossing that had been closed for thirteen years.\n"
      "skip past newsletter promotion\n"
      "The stories that matter, every morning\n"
      "after newsletter promotion\n"
      "A minister of Ruritania said that the two sides had agreed to patrol the border together.\n"
      "A soldier at the barrier\n"
      "The barrier was lifted on MondayImage: Ilse Brandt/AP Photo\n"
      "[Video: the border at dawn]\n"
      "The government thanked Norway and promised to send two hundred officers to the town.\n"
      "Tags\n"
      "Norway\n"
      "Border policy\n";
  RawToArticle(*words_, document);
  const Article& article = document.article;
  EXPECT_THAT(article.authors, ElementsAre("Amina Yusuf"));
  EXPECT_EQ(article.blocks.size(), 3u);
  ASSERT_EQ(article.captions.size(), 2u);
  EXPECT_EQ(article.captions[0].text, "The first lorries crossed at dawn");
  EXPECT_EQ(article.captions[0].credit.agency, "AFP");
  EXPECT_EQ(article.captions[1].text, "The barrier was lifted on Monday");
  EXPECT_THAT(article.tags, ElementsAre("Norway", "Border policy"));
}

TEST_F(RawArticleTest, TheDatelineTellsTheMonth) {
  Document document;
  document.input.bytes =
      "Ruritania and Peru pledge joint patrols\n"
      "Last updated: 11:02 12/06/2025\n"
      "Strelsau, June 12 /RURTASS/. The ministers of Ruritania and Peru agreed on Thursday to "
      "begin "
      "joint training next year.\n"
      "\"The first exercise will take place in spring,\" one of the two ministers said.\n";
  RawToArticle(*words_, document);
  EXPECT_EQ(document.article.published, "2025-06-12T11:02:00");
  EXPECT_EQ(document.article.place, "Strelsau");
  EXPECT_EQ(document.article.publisher, "RURTASS");
}

TEST_F(RawArticleTest, NamesOfOutletsAndSectionsAreNoTitles) {
  Document document;
  document.input.bytes =
      "TEMPO.CO\n"
      "Dunia\n"
      "Ruritania dan Peru Sepakat Lanjutkan Perundingan\n"
      "Reporter\n"
      "Yudha Pratama\n"
      "12.06.2025 | 20.11 WIB\n"
      "Menteri Ruritania berjabat tangan dengan tamunya di Strelsau pada hari Kamis\n"
      "Halim Odeh/AP\n"
      "Ruritania dan Peru sepakat melanjutkan perundingan batas laut di sekitar pulau itu.\n"
      "Kedua menteri juga menyaksikan penandatanganan nota kesepahaman di bidang pendidikan.\n";
  RawToArticle(*words_, document);
  const Article& article = document.article;
  EXPECT_EQ(article.title, "Ruritania dan Peru Sepakat Lanjutkan Perundingan");
  EXPECT_THAT(article.authors, ElementsAre("Yudha Pratama"));
  EXPECT_EQ(article.published, "2025-06-12T20:11:00+07:00");
  ASSERT_EQ(article.captions.size(), 1u);
  EXPECT_EQ(article.captions[0].credit.text, "Halim Odeh/AP");
}

TEST_F(RawArticleTest, LeavesOutWhatStandsBetweenParagraphs) {
  Document document;
  document.input.bytes =
      "Press Office / © Jane Doe\n"
      "Lorries waited for days at the upper gate of the pass.\n"
      "Ruritania Reopens the Mountain Road to Freedonia\n"
      "Ann B. Example\n"
      "and Max Muster\n"
      "Published: 3 May 2024, 10:15\n"
      "Facebook Twitter Email Print\n"
      "Ruritania has reopened the mountain road to Freedonia after the snow was cleared.\n"
      "Sign up for The Week in Strelsau\n"
      "All that matters, every Friday\n"
      "Our editors choose, you read\n"
      "Privacy notice: newsletters may contain advertisements\n"
      "The road links Strelsau with the ports of Freedonia on the southern coast.\n"
      "Related stories\n"
      "Freedonia counts the cost of a hard winter\n"
      "Why the tunnel below the pass was never built\n"
      "'We were cut off'\n"
      "A baker in the upper valley said that flour had been short in Strelsau since March.\n"
      "02:14\n"
      "Watch the first lorries cross the pass\n"
      "The minister of roads promised two new ploughs for the Freedonia side by autumn.\n"
      "READ ALSO:Freedonia lowers its road toll\n"
      "Traffic over the pass brings Strelsau a fifth of its trade. Enditem\n"
      "♦ Download our app\n"
      "Ann B. Example\n";
  RawToArticle(*words_, document);
  const Article& article = document.article;
  EXPECT_THAT(article.authors, ElementsAre("Ann B. Example", "Max Muster"));
  ASSERT_EQ(article.captions.size(), 1u);
  EXPECT_EQ(article.captions[0].text, "Lorries waited for days at the upper gate of the pass.");
  std::vector<std::string> starts;
  for (const Block& block : article.blocks) {
    starts.push_back(article.text.substr(block.start, 12));
  }
  EXPECT_THAT(starts, ElementsAre("Ruritania ha", "The road lin", "'We were cut", "A baker in t",
                                  "The minister", "Traffic over"));
  EXPECT_TRUE(article.text.ends_with("a fifth of its trade."));
}

TEST_F(RawArticleTest, ReadsALiveReport) {
  Document document;
  document.input.bytes =
      "Live: Ruritania and Freedonia meet at the bridge\n"
      "Ann B. Example\n"
      "3/5/2024 10:15\n"
      "Envoys at the bridge in the early morning. (AFP/Jane van Doe)\n"
      "Envoys of Ruritania and Freedonia are meeting at the bridge for the first time since May.\n"
      "Share\n"
      "38m ago\n"
      "The talks begin\n"
      "The envoys have gone into the customs house, and the press had to leave the courtyard.\n"
      "Share\n"
      "2 hours ago\n"
      "Crowds on both banks\n"
      "Farmers with their tractors have come to the river to see who crosses it and who doesn't.\n"
      "Editor's note\n"
      "A figure in the first entry was corrected.\n";
  RawToArticle(*words_, document);
  const Article& article = document.article;
  EXPECT_THAT(article.authors, ElementsAre("Ann B. Example"));
  EXPECT_EQ(article.published, "2024-03-05T10:15:00");
  EXPECT_EQ(article.captions.size(), 1u);
  ASSERT_EQ(article.blocks.size(), 5u);
  EXPECT_EQ(article.blocks[1].kind, BlockKind::kHeading);
  EXPECT_EQ(article.blocks[3].kind, BlockKind::kHeading);
  EXPECT_EQ(KindOf(article, "38m ago"), "other");
  EXPECT_EQ(KindOf(article, "A figure in the first entry was corrected."), "other");
}

TEST_F(RawArticleTest, KnowsInvitationsAndQuotationsSetLarge) {
  Document document;
  document.input.bytes =
      "Ruritania bans gifts to its parties\n"
      "By\n"
      "Ann B. Example,\n"
      "Max Muster\n"
      "Max Muster is a reporter in Strelsau. He has covered the valley since 2019.\n"
      "Published on: May 3, 2024 / 10:51 PM EDT\n"
      "The parliament of Ruritania in the winter of last year. (Valley Post/eka)\n"
      "Ruritania has banned gifts to its parties, weeks before an election that may be a close "
      "one.\n"
      "Keep up with the valley on WhatsApp\n"
      "\"Nobody buys a country with a case of gold\"\n"
      "\"Nobody buys a country with a case of gold, but you may buy votes,\" said a member.\n"
      "The law passed in all three readings on one day, and it takes effect at once.\n"
      "Photo: Valley Post\n";
  RawToArticle(*words_, document);
  const Article& article = document.article;
  EXPECT_THAT(article.authors, ElementsAre("Ann B. Example", "Max Muster"));
  EXPECT_EQ(article.published, "2024-05-03T22:51:00-04:00");
  ASSERT_EQ(article.captions.size(), 1u);
  EXPECT_EQ(article.captions[0].credit.text, "Valley Post/eka");
  EXPECT_EQ(article.blocks.size(), 3u);
  EXPECT_EQ(KindOf(article, "Keep up with the valley on WhatsApp"), "share");

  Document other;
  other.input.bytes =
      "Ruritania bans gifts to its parties\n"
      "Ann B. Example — ann@valley.example\n"
      "Published: 3 May 2024\n"
      "Ruritania has banned gifts to its parties, weeks before an election that may be a close "
      "one.\n"
      "The law passed in all three readings on one day, and it takes effect at once.\n";
  RawToArticle(*words_, other);
  EXPECT_THAT(other.article.authors, ElementsAre("Ann B. Example"));
}

TEST_F(RawArticleTest, ReadsLinesOfSeveralDates) {
  const struct {
    const char* lang;
    const char* line;
    const char* published;
    const char* modified;
  } kCases[] = {
      {"en", "5 Mar 2024 07:15AM (Updated: 05 Mar 2024 09:30AM)", "2024-03-05T07:15:00",
       "2024-03-05T09:30:00"},
      {"id", "Diperbarui 05 Mar 2024, 10:05 WIB Diterbitkan 05 Mar 2024, 09:30 WIB",
       "2024-03-05T09:30:00+07:00", "2024-03-05T10:05:00+07:00"},
      {"id", "05/03/2024 - 10:22Diperbarui: 05/03/2024 - 12:41", "2024-03-05T10:22:00",
       "2024-03-05T12:41:00"},
      {"en", "14:05 5 March 2024 (UTC+3)", "2024-03-05T14:05:00", ""},
      {"en", "Posted at 14:05 EET on 5 March 2024", "2024-03-05T14:05:00+02:00", ""},
      {"en", "Updated on: March 6, 2024 / 9:05 AM EST", "2024-03-06T09:05:00-05:00",
       "2024-03-06T09:05:00-05:00"},
      {"en", "2 hours ago", "", ""},
  };
  for (const auto& test : kCases) {
    Document document;
    document.input.lang = test.lang;
    document.input.bytes =
        std::string("Ruritania moves its guards to the bridge\n") + test.line +
        "\nRuritania moved its guards to the bridge on Friday after shots were heard there.\n"
        "The government of Freedonia said that it knew of no shots and asked for an inquiry.\n";
    RawToArticle(*words_, document);
    EXPECT_EQ(document.article.published, test.published) << test.line;
    EXPECT_EQ(document.article.modified, test.modified) << test.line;
    EXPECT_EQ(document.article.blocks.size(), 2u) << test.line;
  }
}

TEST_F(RawArticleTest, FindsTheTitleBelowTheNamesOfOtherStories) {
  std::string menu;
  for (int i = 0; i < 20; ++i) menu += "Section " + std::to_string(i) + "\n";
  const std::string story =
      "By Ann B. Example\n3 May 2024\n"
      "Ruritania and Freedonia have agreed to open the bridge over the river twice a week.\n"
      "The envoys of Ruritania met in Strelsau on Friday and will meet again before summer.\n";
  for (const char* first : {"Envoys agree to open the bridge | The Valley Site",
                            "The bridge of Ruritania and Freedonia"}) {
    Document document;
    document.input.bytes =
        std::string(first) + "\n" + menu + "Envoys agree to open the bridge\n" + story;
    RawToArticle(*words_, document);
    EXPECT_EQ(document.article.title, "Envoys agree to open the bridge") << first;
  }
}

TEST_F(RawArticleTest, PrefersADatelineThatNamesItsSender) {
  Document document;
  document.input.bytes =
      "Tentara Ruritania Tambah Pasukan di Perbatasan Utara\n"
      "Selasa, 7 Mei 2024 19.40 WIB\n"
      "ANTARA/Siti Rahma\n"
      "LEPAS PASUKAN - Panglima Ruritania melepas prajurit di lapangan Strelsau, Selasa "
      "(7/5/2024).\n"
      "STRELSAU (ANTARA) - Panglima Ruritania melepas dua ratus prajurit ke perbatasan utara.\n"
      "Para prajurit itu berangkat dalam dua gelombang pada pekan ini.\n";
  RawToArticle(*words_, document);
  EXPECT_EQ(document.article.place, "STRELSAU");
  EXPECT_EQ(document.article.blocks.size(), 2u);
  ASSERT_EQ(document.article.captions.size(), 1u);
}

}  // namespace
}  // namespace kronik

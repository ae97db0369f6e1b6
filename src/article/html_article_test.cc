#include "article/html_article.h"

#include <gmock/gmock.h>

#include "article/metadata.h"

namespace kronik {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class HtmlArticle : public ::testing::Test {
 protected:
  HtmlArticle()
      : resources_(*Resources::Open()),
        words_(*PageWords::Load(resources_)),
        model_(*PageModel::Load(resources_)),
        article_words_(*ArticleWords::Load(resources_)) {}

  const Article& Read(std::string_view page) {
    document_.emplace();
    HtmlToArticle(*html::Tree::Parse(page), words_, article_words_, model_, *document_);
    return document_->article;
  }

  Resources resources_;
  PageWords words_;
  PageModel model_;
  ArticleWords article_words_;
  std::optional<Document> document_;
};

constexpr std::string_view kPage = R"(<!doctype html><html lang="id-ID"><head>
<title>Dua menteri bertemu di Bandung - Kabar Contoh</title>
<meta property="og:site_name" content="Kabar Contoh">
<meta property="og:title" content="Dua menteri bertemu di Bandung | Kabar Contoh">
<link rel="canonical" href="https://kabar.example/a/1">
<script type="application/ld+json">{broken</script>
<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"Kabar Contoh"},
 {"@type":["NewsArticle"],"headline":"Dua menteri bertemu di Bandung",
  "datePublished":"2024-05-03 08:15:00 +0700","author":[{"@type":"Person","name":"Oleh Sri Wahyu"},
  {"@id":"#budi"}],"publisher":{"name":"Kabar Contoh"},"keywords":["diplomasi","Bandung"]},
 {"@id":"#budi","@type":"Person","name":"Budi Hartono"}]}</script></head>
<body><nav><ul><li><a href="/">Beranda</a></ul></nav>
<h1>Dua menteri bertemu di Bandung</h1>
<figure><img src="x.jpg"><figcaption>Kedua menteri di pintu gedung.</figcaption></figure>
<div class="article-content">
<p>BANDUNG, Kabar Contoh - Menteri luar negeri kedua negara bertemu pada hari Jumat untuk membahas
perjanjian perdagangan yang tertunda sejak tahun lalu.</p>
<p><strong>Baca juga: <a href="/b">Perdagangan kedua negara turun tajam</a></strong></p>
<h2>Langkah berikutnya</h2>
<p>Mereka sepakat untuk bertemu lagi bulan depan, kata seorang juru bicara kepada wartawan.</p>
<ul><li>Tarif akan dibahas lebih dulu oleh para ahli.</li><li>Visa akan dibahas kemudian.</li></ul>
<blockquote><p>Kami tidak akan menyerah sebelum ada hasil, ujar sang menteri.</p></blockquote>
<div class="share-buttons"><p>Bagikan artikel ini kepada teman-teman anda di mana saja mereka berada.</p></div>
</div><div class="comments"><p>Komentar seorang pembaca yang cukup panjang untuk dihitung sebagai
paragraf, dan tidak boleh masuk ke dalam berita.</p></div><footer>Hak cipta</footer></body></html>)";

TEST_F(HtmlArticle, ReadsTheStoryInOrder) {
  const Article& a = Read(kPage);
  EXPECT_EQ(a.title, "Dua menteri bertemu di Bandung");
  EXPECT_THAT(a.authors, ElementsAre("Sri Wahyu", "Budi Hartono"));
  EXPECT_EQ(a.published, "2024-05-03T08:15:00+07:00");
  EXPECT_EQ(a.publisher, "Kabar Contoh");
  EXPECT_EQ(a.url, "https://kabar.example/a/1");
  EXPECT_EQ(a.lang, "id");
  EXPECT_EQ(a.place, "BANDUNG");
  EXPECT_THAT(a.tags, ElementsAre("diplomasi", "Bandung"));
  std::vector<BlockKind> kinds;
  for (const Block& block : a.blocks) kinds.push_back(block.kind);
  EXPECT_THAT(kinds, ElementsAre(BlockKind::kParagraph, BlockKind::kHeading, BlockKind::kParagraph,
                                 BlockKind::kList, BlockKind::kQuote));
  EXPECT_THAT(a.text, HasSubstr("para ahli.\nVisa"));
  for (std::string_view other : {"Bagikan", "Komentar", "Baca juga", "pintu gedung", "Hak cipta"}) {
    EXPECT_THAT(a.text, Not(HasSubstr(other)));
  }
  ASSERT_EQ(a.related.size(), 1u);
  EXPECT_EQ(a.related[0].text, "Perdagangan kedua negara turun tajam");
  EXPECT_EQ(a.related[0].url, "/b");
  ASSERT_EQ(a.captions.size(), 1u);
  EXPECT_EQ(a.captions[0].text, "Kedua menteri di pintu gedung.");
}

TEST_F(HtmlArticle, HostileAndEmptyPages) {
  std::string deep;
  for (int i = 0; i < 20000; ++i)
    deep += "<div class='article related'><p>Words enough to weigh, here.";
  for (std::string_view page :
       {"", "<p>", "<h1>Only a title</h1>", "<table><tr><td>", "<a><a><p><br><br>",
        "<script type='application/ld+json'>[[[[", "<figure><figcaption>x"}) {
    Read(page);
  }
  Read(deep);
  std::string json = "<script type='application/ld+json'>" + std::string(100000, '[') + "</script>";
  Read(json);
}

TEST_F(HtmlArticle, StoryOnlyInJsonLd) {
  const Article& a =
      Read(R"(<script type="application/ld+json">{"@type":"NewsArticle","headline":"T",
      "articleBody":"The whole report is here and nowhere else on this page."}</script><div id=app></div>)");
  EXPECT_EQ(a.text, "The whole report is here and nowhere else on this page.");
}

// A page of 8 paragraphs with `inside` after the third, `head` in its head and `before` the story.
std::string Page(std::string_view inside, std::string_view head = "",
                 std::string_view before = "") {
  std::string page =
      "<!doctype html><html lang=en><head><title>Ministers agree on a port - The "
      "Example</title><meta property=og:site_name content='The Example'>";
  page += head;
  page +=
      "</head><body><header><nav><a href=/>Home</a></nav></header><main><article>"
      "<h1>Ministers agree on a port</h1>";
  page += before;
  page += "<div class=article-body>";
  for (int i = 1; i <= 8; ++i) {
    page += "<p>Paragraph " + std::to_string(i) +
            " tells at some length what the two ministers said about the port, and when they "
            "expect the first ships to arrive there.</p>";
    if (i == 3) page += inside;
  }
  return page +
         "</div></article></main><footer><p>All rights reserved by The Example, which is "
         "not responsible for other sites.</p></footer></body></html>";
}

TEST_F(HtmlArticle, KeepsWhatBelongsAndNoMore) {
  struct Case {
    const char* name;
    const char* inside;
    const char* words;
    bool kept;
  };
  const Case cases[] = {
      {"subheading", "<h2>What the plan costs</h2>", "What the plan costs", true},
      {"list",
       "<ul><li>The northern pier is to be rebuilt first, they said.</li><li>The customs house "
       "follows in the spring of next year.</li></ul>",
       "customs house", true},
      {"quotation",
       "<blockquote><p>“We have waited for this port for forty years, and we will wait no "
       "longer,” the minister said.</p></blockquote>",
       "forty years", true},
      {"related", "<p><strong>Read also: <a href=/x>Harbour dues to rise again</a></strong></p>",
       "Harbour dues", false},
      {"share bar", "<div class=share-buttons><p>Share this story with friends</p></div>",
       "with friends", false},
      {"newsletter",
       "<div class=newsletter-signup><h3>Sign up for our newsletter</h3><p>Get the latest from "
       "the harbour in your inbox every morning.</p></div>",
       "your inbox", false},
      {"advertisement", "<p>Advertisement</p>", "Advertisement", false},
      {"caption", "<figure><img src=p.jpg><figcaption>The old pier at dusk.</figcaption></figure>",
       "old pier", false},
      {"author box",
       "<div class=author-bio><p>Mira Sand is a reporter who covers ports and ships for The "
       "Example.</p></div>",
       "covers ports", false},
      {"hidden", "<p hidden>This paragraph is only for those who read the source of the page.</p>",
       "only for those", false},
      {"comment", "<!-- <p>Left out by the editors of this page, for good reasons.</p> -->",
       "Left out", false},
  };
  for (const Case& c : cases) {
    const Article& a = Read(Page(c.inside));
    EXPECT_EQ(a.text.find(c.words) != std::string::npos, c.kept) << c.name << "\n" << a.text;
    for (int i = 1; i <= 8; ++i) {
      EXPECT_THAT(a.text, HasSubstr("Paragraph " + std::to_string(i) + " tells")) << c.name;
    }
    EXPECT_THAT(a.text, Not(HasSubstr("All rights reserved"))) << c.name;
    EXPECT_THAT(a.text, Not(HasSubstr("Ministers agree"))) << c.name;
  }
}

TEST_F(HtmlArticle, Captions) {
  struct Case {
    const char* figure;
    const char* text;
    const char* credit;
  };
  const Case cases[] = {
      {"<figure><img src=a><figcaption>The old pier at dusk. <span class=credit>Jo "
       "Lind</span></figcaption></figure>",
       "The old pier at dusk.", "Jo Lind"},
      {"<figure><img src=a><figcaption>The old pier at dusk. © Jo Lind</figcaption></figure>",
       "The old pier at dusk.", "Jo Lind"},
      {"<figure><img src=a><figcaption>The old pier at dusk (Photo: Jo Lind)</figcaption></figure>",
       "The old pier at dusk", "Jo Lind"},
      {"<figure><img src=a><figcaption>The old pier at dusk | Jo Lind</figcaption></figure>",
       "The old pier at dusk", "Jo Lind"},
      {"<figure><img src=a><figcaption><p>The old pier at dusk</p><span class=credit> "
       "(<div>Image:</div>Jo Lind)</span></figcaption></figure>",
       "The old pier at dusk", "Jo Lind"},
      {"<button><img src=a><figcaption>The old pier at dusk.</figcaption></button>",
       "The old pier at dusk.", ""},
  };
  for (const Case& c : cases) {
    const Article& a = Read(Page(c.figure));
    ASSERT_EQ(a.captions.size(), 1u) << c.figure;
    EXPECT_EQ(a.captions[0].text, c.text) << c.figure;
    EXPECT_EQ(a.captions[0].credit.text, c.credit) << c.figure;
  }
}

TEST_F(HtmlArticle, Bylines) {
  struct Case {
    const char* head;
    const char* before;
    std::vector<std::string> want;
  };
  const Case cases[] = {
      {"<meta name=author content='Jo Lind'>", "", {"Jo Lind"}},
      {"", "<p>By Jo Lind and Mira Sand</p>", {"Jo Lind", "Mira Sand"}},
      {"", "<div class=byline>By Jo Lind, staff writer</div>", {"Jo Lind"}},
      // The house signs only where nobody else does.
      {"<meta name=author content='The Example'>", "<p>By Jo Lind</p>", {"Jo Lind"}},
      {"<meta name=author content='The Example'>", "", {"The Example"}},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Read(Page("", c.head, c.before)).authors, c.want) << c.head << c.before;
  }
}

TEST_F(HtmlArticle, Titles) {
  const auto data = [](std::string_view headline) {
    return "<meta property=og:title content='Ministers agree on a port'>"
           "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"" +
           std::string(headline) + "\"}</script>";
  };
  EXPECT_EQ(Read(Page("")).title, "Ministers agree on a port");
  EXPECT_EQ(Read(Page("", data("A port after forty years"))).title, "A port after forty years");
  // A headline that is the site's own is on all its pages.
  EXPECT_EQ(Read(Page("", data("The Example: all the news"))).title, "Ministers agree on a port");
}

TEST_F(HtmlArticle, StoryOnlyInScripts) {
  std::string paragraphs;
  for (int i = 0; i < 6; ++i) {
    paragraphs +=
        R"(\u003cp class=\"text\"\u003eThe ministers spoke about the port at length, and )"
        R"(about the \u201cnorthern pier\u201d as well.\u003c/p\u003e)";
  }
  const Article& a = Read("<title>T</title><div id=app></div><script>window.data = {\"html\":\"" +
                          paragraphs + "\"};</script>");
  EXPECT_EQ(a.blocks.size(), 6u);
  EXPECT_THAT(a.text, HasSubstr("about the “northern pier” as well."));
}

TEST_F(HtmlArticle, ListPagesHaveNoStory) {
  std::string page = "<title>All the news</title><body>";
  for (int i = 0; i < 40; ++i) {
    page += "<div class=teaser><a href=/" + std::to_string(i) + "><h3>A short headline number " +
            std::to_string(i) + "</h3></a></div>";
  }
  EXPECT_EQ(Read(page).text, "");
}

TEST_F(HtmlArticle, Dates) {
  struct Case {
    std::string_view text, lang, want;
  };
  const Case cases[] = {
      {"2024-05-03T15:47:42.389Z", "de", "2024-05-03T15:47:42Z"},
      {"2024-05-03T15:47+0200", "de", "2024-05-03T15:47:00+02:00"},
      {"2024-05-03", "", "2024-05-03"},
      {"Fri, 03 May 2024 10:20:30 GMT", "en", "2024-05-03T10:20:30+00:00"},
      {"May 3, 2024 at 4:05 p.m.", "en", "2024-05-03T16:05:00"},
      {"Jumat, 3 Mei 2024 | 10:20 WIB", "id", "2024-05-03T10:20:00+07:00"},
      {"Published 3rd August 2023", "en", "2023-08-03"},
      {"03/05/2024 10:20 WIB", "id", "2024-05-03T10:20:00+07:00"},
      {"1714722462", "", "2024-05-03T07:47:42Z"},
      {"2024年5月3日", "ja", "2024-05-03"},
      {"2024-05-03 07:15:33 KST", "en", "2024-05-03T07:15:33+09:00"},
      {"2024-05-03 07:15 Uhr", "de", "2024-05-03T07:15:00"},
      {"Updated 3:15 PM GMT+8, May 3, 2024", "en", "2024-05-03T15:15:00+08:00"},
      {"05 Agt 2024 14:05", "id", "2024-08-05T14:05:00"},
      {"3 May 2024, 14:05 MSK", "en", "2024-05-03T14:05:00+03:00"},
      {"no date", "en", ""},
      {"99/99/2024", "en", ""},
  };
  for (const Case& c : cases) EXPECT_EQ(ReadDate(c.text, c.lang, words_), c.want) << c.text;
}

TEST_F(HtmlArticle, FindsTheTitleOnPagesThatNameItInTheTitleTagAlone) {
  const std::string story =
      "<p>The envoys of Ruritania and Freedonia met at the bridge on Friday, and agreed to open it "
      "twice a week.</p><p>Farmers on both banks had asked for it since the flood, which took the "
      "other bridge away.</p><p>The two sides will meet again in June, an envoy told "
      "reporters.</p>";
  const struct {
    std::string head;
    std::string above;
  } kCases[] = {
      {"<title>Valley Monitor: Envoys agree to open the bridge</title>",
       "<font size=5><b>Envoys agree to open the bridge</b></font><br><i>By Ann Example in "
       "Strelsau</i><br>Published: May 3 2024 18:05"},
      {"<title>Portal of the Ministry of Bridges</title>",
       "<h2>Envoys agree to open the bridge</h2><span>By Ann Example in Strelsau</span>"
       "<div>Friday, 3 May 2024</div></td></tr><tr><td></td><td>"},
  };
  for (const auto& test : kCases) {
    const Article& article =
        Read("<html lang=en>" + test.head + "<body><table><tr><td><a href=/>" +
             "Front page</a></td><td>" + test.above + story + "</td></tr></table></body></html>");
    EXPECT_EQ(article.title, "Envoys agree to open the bridge");
    EXPECT_THAT(article.authors, ElementsAre("Ann Example"));
    EXPECT_EQ(article.published.substr(0, 10), "2024-05-03");
    EXPECT_THAT(article.text, HasSubstr("twice a week."));
  }
}

TEST_F(HtmlArticle, TellsASitesHeadingAndLabelledCaptions) {
  const Article& article = Read(R"(<html lang=en><head><title>Envoys agree to open the bridge | The
Ministry</title></head><body><header><h1><a href="https://ministry.example/">The Ministry</a></h1>
</header><main><h2>Envoys agree to open the bridge</h2>
<div>BY ANN EXAMPLE POSTED: 05/03/2024 06:12:44 PM</div>
<figure><img src=a.jpg><figcaption>Photo: The bridge from above (Max Muster/valley)</figcaption></figure>
<div class="content"><p>The envoys of Ruritania and Freedonia met at the bridge on Friday, and agreed to
open it twice a week.</p><p>[Video: the bridge]</p><p>Farmers on both banks had asked for it since the
flood, which took the other bridge away.</p><div class="newsletter"><p class="cta-caption">Thanks for
reading the valley letter, do subscribe.</p></div><p>The two sides will meet again in June, an envoy
told reporters.</p></div></main></body></html>)");
  EXPECT_EQ(article.title, "Envoys agree to open the bridge");
  EXPECT_THAT(article.authors, ElementsAre("ANN EXAMPLE"));
  ASSERT_EQ(article.captions.size(), 1u);
  EXPECT_EQ(article.captions[0].text, "The bridge from above");
  EXPECT_EQ(article.captions[0].credit.text, "Max Muster/valley");
  EXPECT_THAT(article.text, Not(HasSubstr("[Video")));
}

}  // namespace
}  // namespace kronik

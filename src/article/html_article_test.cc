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
        article_words_(*ArticleWords::Load(resources_)) {}

  const Article& Read(std::string_view page) {
    document_.emplace();
    HtmlToArticle(*html::Tree::Parse(page), words_, article_words_, *document_);
    return document_->article;
  }

  Resources resources_;
  PageWords words_;
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
      {"no date", "en", ""},
      {"99/99/2024", "en", ""},
  };
  for (const Case& c : cases) EXPECT_EQ(ReadDate(c.text, c.lang, words_), c.want) << c.text;
}

}  // namespace
}  // namespace kronik

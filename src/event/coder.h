// Coder: the events of one document, sentence by sentence.
//
// Triggers are matched on the tree (pattern/pattern.h), roles found (roles.h), the status told
// (status.h), acts about acts joined (nesting.h); what is left is checked, dated (event_date.h) and
// weighed (confidence.h).
// Lifetime: refers to the tables and to the document. Threads: one document, one thread.
#pragma once

#include <string_view>
#include <vector>

#include "event/candidate.h"
#include "event/event_date.h"
#include "event/event_language.h"
#include "event/mentions.h"
#include "event/ontology.h"
#include "pattern/confidence.h"
#include "pattern/tree.h"

namespace kronik {

class Coder {
 public:
  Coder(const Ontology& ontology, const Confidence& confidence, const Document& document)
      : ontology_(ontology),
        confidence_(confidence),
        document_(document),
        tree_(document),
        mentions_(document, tree_, ontology),
        dates_(tree_) {}

  // Adds the events of a sentence, in the order of their triggers.
  void Code(const Sentence& sentence, const EventLanguage& language, std::vector<Event>& out);

 private:
  // What a sentence is coded with.
  struct Scene {
    const Sentence& sentence;
    const EventLanguage& language;
    int nonpolitical = 0;  // words of sport, markets and the like in the sentence
  };

  std::vector<Candidate> Triggers(const Scene& scene) const;
  bool IsState(uint32_t token, const Match& match) const;
  void ShareRecipients(std::vector<Candidate>& candidates) const;
  void TellState(Candidate& candidate) const;
  void TellWarning(Candidate& candidate, const Words& words) const;
  void TellOffice(Candidate& candidate) const;
  void Refine(Candidate& candidate, const Words& words) const;
  bool Tells(const Candidate& candidate, const CodeMeaning& meaning, const Scene& scene) const;
  bool HasParties(const Candidate& candidate, const CodeMeaning& meaning) const;
  bool AmongPrivate(const Roles& roles, const CodeMeaning& meaning) const;
  bool ActsImpersonally(const Candidate& candidate, const CodeMeaning& meaning,
                        const Words& words) const;
  bool ToldBefore(const Event& event, const std::vector<Event>& before) const;

  Event Make(const Candidate& candidate, const CodeMeaning& meaning, const Scene& scene) const;
  Span TriggerSpan(const Match& match, const Words& words) const;
  void AddTopicAndPlace(const Match& match, const Words& words, Event& event) const;
  void AddReporters(const Sentence& sentence, Event& event) const;
  void AddContexts(const CodeMeaning& meaning, const Scene& scene, Event& event) const;
  std::vector<std::string_view> Features(const Candidate& candidate, const Event& event,
                                         const Scene& scene) const;
  void PatternFeatures(const Candidate& candidate, std::vector<std::string_view>& out) const;
  void PartyFeatures(const Candidate& candidate, const Event& event,
                     std::vector<std::string_view>& out) const;
  std::string Explain(const Match& match, const std::vector<std::string_view>& features) const;

  const Ontology& ontology_;
  const Confidence& confidence_;
  const Document& document_;
  Tree tree_;
  Mentions mentions_;
  EventDates dates_;
};

}  // namespace kronik

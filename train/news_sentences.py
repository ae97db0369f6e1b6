#!/usr/bin/env python3
"""Writes English news sentences with their trees as CoNLL-U (no lemmas, no features), for `kronik train parser`.

usage: news_sentences.py [COUNT] > news.conllu

The treebanks with free licences are web text, speech and encyclopedias. What a chronicle lives on, a short
past-tense clause about who did what to whom, is rare there, and "The council imposed sanctions" was read as
a noun phrase. These sentences are made of phrases written for this project, which are put together at random
with a fixed seed; they follow the conventions of UD English EWT. Every name and fact in them is made up.
"""
import random
import sys

COUNTRIES = ("Norway Peru Kenya Chad Oman Laos Chile Nepal Ghana Cuba Malta Fiji Togo Brunei Estonia Bolivia Yemen "
             "Cyprus Angola Iceland Jordan Ukraine Russia China Japan India Iran Iraq Israel Turkey France Germany "
             "Britain Italy Spain Mexico Brazil Egypt Syria Sudan Libya Pakistan Vietnam Poland").split()
ADJECTIVES = ("Norwegian Peruvian Kenyan Omani Chilean Nepali Ghanaian Cuban Estonian Bolivian Angolan Russian Chinese "
              "Japanese Indian Iranian Iraqi Israeli Turkish French German British Italian Mexican Egyptian").split()
BODIES = "UN EU NATO UNSC OAS ASEAN WHO IMF Kremlin Pentagon Knesset Taliban Senate".split()
CITIES = "Oslo Lima Nairobi Muscat Accra Havana Tallinn Cairo Ankara Geneva Hanoi Kabul Tripoli Khartoum".split()
FIRST = "Jonas Maria Amina Pedro Kofi Ingrid Tomas Leila Omar Sven Rosa Daniel Mei Viktor Halima".split()
LAST = "Vik Torres Otieno Mensah Lund Quispe Haddad Berg Tamm Rojas Okoro Saleh Petrov Weber Tanaka".split()
TITLES = ["President", "Prime Minister", "Foreign Minister", "Defense Minister", "Senator", "Gen.", "Secretary"]
GROUPS = ("government army parliament police opposition rebels troops soldiers protesters officials authorities "
          "lawmakers forces ministers workers farmers students envoys diplomats court ministry military navy militants "
          "leaders president cabinet guerrillas").split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April June July August September October November December".split()
# Past tense (also the participle), present, base, -ing; objects that fit.
VERBS = [("imposed", "imposes", "impose", "imposing"), ("mobilized", "mobilizes", "mobilize", "mobilizing"),
         ("condemned", "condemns", "condemn", "condemning"), ("signed", "signs", "sign", "signing"),
         ("rejected", "rejects", "reject", "rejecting"), ("suspended", "suspends", "suspend", "suspending"),
         ("announced", "announces", "announce", "announcing"), ("detained", "detains", "detain", "detaining"),
         ("arrested", "arrests", "arrest", "arresting"), ("accused", "accuses", "accuse", "accusing"),
         ("outlawed", "outlaws", "outlaw", "outlawing"), ("attacked", "attacks", "attack", "attacking"),
         ("shelled", "shells", "shell", "shelling"), ("hosted", "hosts", "host", "hosting"),
         ("backed", "backs", "back", "backing"), ("criticized", "criticizes", "criticize", "criticizing"),
         ("seized", "seizes", "seize", "seizing"), ("released", "releases", "release", "releasing"),
         ("blocked", "blocks", "block", "blocking"), ("expelled", "expels", "expel", "expelling"),
         ("eased", "eases", "ease", "easing"), ("lifted", "lifts", "lift", "lifting"),
         ("deployed", "deploys", "deploy", "deploying"), ("urged", "urges", "urge", "urging"),
         ("warned", "warns", "warn", "warning"), ("praised", "praises", "praise", "praising"),
         ("visited", "visits", "visit", "visiting"), ("offered", "offers", "offer", "offering"),
         ("approved", "approves", "approve", "approving"), ("denied", "denies", "deny", "denying"),
         ("killed", "kills", "kill", "killing"), ("pledged", "pledges", "pledge", "pledging"),
         ("closed", "closes", "close", "closing"), ("raided", "raids", "raid", "raiding"),
         ("threatened", "threatens", "threaten", "threatening"), ("bombed", "bombs", "bomb", "bombing")]
# Past tense that is no participle, so that both kinds are met.
STRONG = [("met", "meets", "meet", "meeting"), ("struck", "strikes", "strike", "striking"),
          ("sent", "sends", "send", "sending"), ("held", "holds", "hold", "holding"),
          ("withdrew", "withdraws", "withdraw", "withdrawing"), ("took", "takes", "take", "taking"),
          ("won", "wins", "win", "winning"), ("broke", "breaks", "break", "breaking")]
OBJECTS = ["sanctions", "emergency measures", "military aid", "a target", "an offer", "a ceasefire", "the decision",
           "the accord", "a peace agreement", "army reservists", "talks", "new elections", "two soldiers", "the village",
           "a border crossing", "the embassy", "humanitarian aid", "a curfew", "the resolution", "a trade deal",
           "three journalists", "an airport", "food supplies", "the reforms", "a naval blockade", "the proposal",
           "a spokesman", "dozens of people", "hundreds of refugees", "the party", "weapons", "a drone strike"]
DISASTERS = [("Typhoon", "Cyclone", "Hurricane"), ("storm", "earthquake", "flood", "bomb", "landslide", "fire")]
DAMAGE = ["destroyed", "damaged", "hit", "killed", "injured", "displaced"]
MANY = [("thousands", "homes"), ("hundreds", "people"), ("dozens", "villagers"), ("thousands", "families")]
REPORT = ["said", "announced", "told reporters", "confirmed", "reported", "claimed", "alleged", "added"]
CONTROL = [("agreed", "to"), ("vowed", "to"), ("refused", "to"), ("threatened", "to"), ("promised", "to"),
           ("decided", "to"), ("plans", "to"), ("failed", "to")]

ADJECTIVE_WORDS = set("military humanitarian new naval".split()) | set(ADJECTIVES)
NUMBERS = set("two three".split())

R = random.Random(7)


class Phrase:
    """Words [form, upos, deprel, head] with heads inside the phrase; the root's head is None."""

    def __init__(self, words):
        self.words = words
        self.root = next(i for i, word in enumerate(words) if word[3] is None)


def join(*parts):
    """Parts are (phrase, deprel); the one with deprel None is the head of all others."""
    words, starts = [], []
    for phrase, _ in parts:
        starts.append(len(words))
        words += [[f, u, d, None if h is None else h + len(words)] for f, u, d, h in phrase.words] \
            if not words else [[f, u, d, None if h is None else h + starts[-1]] for f, u, d, h in phrase.words]
    main = next(i for i, (_, deprel) in enumerate(parts) if deprel is None)
    root = starts[main] + parts[main][0].root
    for start, (phrase, deprel) in zip(starts, parts):
        if deprel is not None:
            words[start + phrase.root][2:] = [deprel, root]
    return Phrase(words)


def word(form, upos):
    return Phrase([[form, upos, "root", None]])


def modified(noun, *before):
    return join(*[(word(form, upos), deprel) for form, upos, deprel in before], (noun, None))


def person():
    last = word(R.choice(LAST), "PROPN")
    if R.random() < 0.15:  # "al-Haddad": three words
        last = Phrase([["al", "PROPN", "root", None], ["-", "PUNCT", "punct", 2], [last.words[0][0], "PROPN", "flat", 0]])
    name = join((word(R.choice(FIRST), "PROPN"), None), (last, "flat"))
    if len(last.words) == 3:
        name.words[3][3] = 0  # flat names hang on the first word
    if R.random() < 0.3:
        return name
    title = R.choice(TITLES).split()
    head = word(title[-1], "PROPN")
    if len(title) > 1:
        head = join((word(title[0], "ADJ" if title[0] == "Prime" else "PROPN"),
                     "amod" if title[0] == "Prime" else "compound"), (head, None))
    if R.random() < 0.5:
        head = join((word(R.choice(ADJECTIVES), "ADJ"), "amod"), (head, None))
    return join((head, "nmod:desc"), (name, None))


def group():
    before = []
    kind = R.random()
    noun = R.choice(GROUPS)
    if kind < 0.35:
        before = [(R.choice(ADJECTIVES), "ADJ", "amod")]
    elif kind < 0.5:
        before = [(R.choice(COUNTRIES), "PROPN", None)]
    if not noun.endswith("s") or R.random() < 0.3:
        before.insert(0, ("the", "DET", "det"))
    if before and before[-1][2] is None:
        owner = join((word(before[-1][0], "PROPN"), None), (word("'s", "PART"), "case"))
        return join((owner, "nmod:poss"), (word(noun, "NOUN"), None))
    return modified(word(noun, "NOUN"), *before)


def body():
    name = R.choice(BODIES)
    return modified(word(name, "PROPN"), ("the", "DET", "det"))


def subject():
    kind = R.random()
    one = (word(R.choice(COUNTRIES), "PROPN") if kind < 0.3 else group() if kind < 0.6 else
           person() if kind < 0.8 else body())
    if R.random() < 0.15:
        other = join((word("and", "CCONJ"), "cc"), (R.choice([group, body, person])() if kind < 0.6 or kind >= 0.8
                                                    else person(), None))
        one = join((one, None), (other, "conj"))
    return one


def thing():
    if R.random() < 0.4:
        return subject()
    words = R.choice(OBJECTS).split()
    if len(words) == 3 and words[1] == "of":
        return join((word(words[0], "NOUN"), None),
                    (join((word("of", "ADP"), "case"), (word(words[2], "NOUN"), None)), "nmod"))
    before = []
    for form in words[:-1]:
        if form in ("a", "an", "the"):
            before.append((form, "DET", "det"))
        elif form in ADJECTIVE_WORDS:
            before.append((form, "ADJ", "amod"))
        elif form in NUMBERS:
            before.append((form, "NUM", "nummod"))
        else:
            before.append((form, "NOUN", "compound"))
    noun = modified(word(words[-1], "NOUN"), *before)
    if R.random() < 0.2:
        noun = join((noun, None), (where(R.choice(["against", "with", "on", "in", "for"])), "nmod"))
    return noun


def where(preposition):
    place = R.choice([word(R.choice(COUNTRIES), "PROPN"), word(R.choice(CITIES), "PROPN"), subject()])
    return join((word(preposition, "ADP"), "case"), (place, None))


def when():
    kind = R.random()
    if kind < 0.5:
        return join((word("on", "ADP"), "case"), (word(R.choice(DAYS), "PROPN"), None)), "obl"
    if kind < 0.75:
        return word(R.choice(DAYS), "PROPN"), "obl:unmarked"
    if kind < 0.9:
        return modified(word("week", "NOUN"), ("last", "ADJ", "amod")), "obl:unmarked"
    return join((word("in", "ADP"), "case"), (word(R.choice(MONTHS), "PROPN"), None)), "obl"


def tail(verb):
    """The verb's object and adjuncts, as parts after it."""
    parts = [(word(verb, "VERB"), None), (thing(), "obj")]
    for _ in range(R.choice([0, 0, 0, 1])):
        if R.random() < 0.5:
            parts.append((where(R.choice(["in", "near", "with", "against", "from", "after"])), "obl"))
        else:
            parts.append(when())
    return parts


def disaster():
    name, noun = R.choice(DISASTERS[0]), R.choice(DISASTERS[1])
    if R.random() < 0.5:
        who = join((word(name, "PROPN"), "nmod:desc"), (word(R.choice(FIRST), "PROPN"), None))
    else:
        who = modified(word(noun, "NOUN"), ("an" if noun[0] in "ae" else "a", "DET", "det"))
    count, what = R.choice(MANY)
    harmed = join((word(count, "NOUN"), None), (join((word("of", "ADP"), "case"), (word(what, "NOUN"), None)), "nmod"))
    parts = [(who, "nsubj"), (word(R.choice(DAMAGE), "VERB"), None), (harmed, "obj")]
    if R.random() < 0.6:
        parts.append((where(R.choice(["in", "near", "across"])), "obl"))
    if R.random() < 0.4:
        parts.append(when())
    return join(*parts)


def urge():
    inner = join((word("to", "PART"), "mark"), *tail(R.choice(VERBS)[2]))
    if R.random() < 0.5:
        whom = (subject(), "iobj")
        verb = R.choice(["urged", "asked", "told"])
    else:
        whom = (join((word("on", "ADP"), "case"), (subject(), None)), "obl")
        verb = "called"
    return join((subject(), "nsubj"), (word(verb, "VERB"), None), whom, (inner, "xcomp"))


def clause(tense=0):
    if tense == 0 and R.random() < 0.12:
        return R.choice([disaster, urge])()
    verb = R.choice(VERBS if R.random() < 0.75 else STRONG)[tense]
    if tense == 0 and R.random() < 0.2:  # passive
        verb = R.choice(VERBS)[0]
        many = R.random() < 0.3
        who = thing() if not many else modified(word("people", "NOUN"), ("Three", "NUM", "nummod"))
        parts = [(who, "nsubj:pass"), (word("were" if many else "was", "AUX"), "aux:pass"), (word(verb, "VERB"), None)]
        if R.random() < 0.5:
            parts.append((join((word("by", "ADP"), "case"), (subject(), None)), "obl:agent"))
        if R.random() < 0.5:
            parts.append(when())
        return join(*parts)
    parts = [(subject(), "nsubj")]
    if tense == 0 and R.random() < 0.1:
        parts.append((word(R.choice(["also", "then", "later", "again"]), "ADV"), "advmod"))
    if R.random() < 0.15:
        control, to = R.choice(CONTROL)
        verb = R.choice(VERBS)[2]
        inner = join((word(to, "PART"), "mark"), *tail(verb))
        return join(*parts, (word(control, "VERB"), None), (inner, "xcomp"))
    if R.random() < 0.12:
        accused = R.choice(["accused", "suspected"])
        inner = join((word("of", "SCONJ"), "mark"), *tail(R.choice(VERBS)[3]))
        return join(*parts, (word(accused, "VERB"), None), (subject(), "obj"), (inner, "advcl"))
    parts += tail(verb)
    if R.random() < 0.1:
        people = modified(word("people", "NOUN"), (R.choice(["two", "nine", "12", "40"]), "NUM", "nummod"))
        result = join((word(",", "PUNCT"), "punct"), (word(R.choice(["killing", "injuring"]), "VERB"), None),
                      (people, "obj"))
        parts.append((result, "advcl"))
    elif R.random() < 0.15:
        second = join((word("and", "CCONJ"), "cc"), *tail(R.choice(VERBS)[tense]))
        parts.append((second, "conj"))
    return join(*parts)


def sentence():
    kind = R.random()
    if kind < 0.4:
        main = clause()
    elif kind < 0.5:
        main = clause(1)
    elif kind < 0.62:  # who said that
        verb = R.choice(REPORT).split()
        that = [(word("that", "SCONJ"), "mark")] if R.random() < 0.5 else []
        parts = [(subject(), "nsubj"), (word(verb[0], "VERB"), None)]
        if len(verb) > 1:
            parts.append((word(verb[1], "NOUN"), "obj"))
        elif R.random() < 0.3:
            parts.append(when())
        inner = clause()
        main = join(*parts, (join(*that, (inner, None)) if that else inner, "ccomp"))
    elif kind < 0.74:
        parts = [(clause(), "ccomp"), (word(",", "PUNCT"), "punct"), (subject(), "nsubj"),
                 (word(R.choice(["said", "reported", "announced"]), "VERB"), None)]
        if R.random() < 0.5:
            parts.append(when())
        main = join(*parts)
    else:
        mark, upos, deprel = R.choice([("after", "SCONJ", "mark"), ("while", "SCONJ", "mark"), ("as", "SCONJ", "mark"),
                                       ("when", "ADV", "advmod"), ("before", "SCONJ", "mark"),
                                       ("because", "SCONJ", "mark")])
        inner = join((word(mark, upos), deprel), (clause(), None))
        main = join((clause(), None), (inner, "advcl"))
    if R.random() < 0.15:
        front = R.choice([lambda: (join((word("In", "ADP"), "case"), (word(R.choice(["2012", "2019", "1998"]), "NUM"), None)), "obl"),
                          lambda: (word("Earlier", "ADV"), "advmod"),
                          lambda: (join((word("On", "ADP"), "case"), (word(R.choice(DAYS), "PROPN"), None)), "obl")])()
        main = join(front, (word(",", "PUNCT"), "punct"), (main, None))
        comma = main.words[len(front[0].words)]
        comma[3] = front[0].root
    return join((main, None), (word(".", "PUNCT"), "punct"))


def main():
    for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 1400):
        words = sentence().words
        words[0][0] = words[0][0][0].upper() + words[0][0][1:]
        for i, (form, upos, deprel, head) in enumerate(words, 1):
            print(i, form, "_", upos, "_", "_", 0 if head is None else head + 1,
                  "root" if head is None else deprel, "_", "_", sep="\t")
        print()


if __name__ == "__main__":
    main()

"""Invented reports in any number, each another, as pages, archives and lines."""
import gzip
import json
import random

STATES = [("Norway", "Oslo", "Norwegian"), ("Peru", "Lima", "Peruvian"), ("Japan", "Tokyo", "Japanese"),
          ("Kenya", "Nairobi", "Kenyan"), ("France", "Paris", "French"), ("Chile", "Santiago", "Chilean"),
          ("India", "New Delhi", "Indian"), ("Egypt", "Cairo", "Egyptian"), ("Poland", "Warsaw", "Polish"),
          ("Canada", "Ottawa", "Canadian"), ("Turkey", "Ankara", "Turkish"), ("Vietnam", "Hanoi", "Vietnamese")]
OFFICES = ["foreign minister", "defence minister", "trade minister", "president", "prime minister"]
ACTS = ["{a} signed an agreement on {topic} with {b} in {capital} on {day}.",
        "{a} condemned {b} on {day} for its decision on {topic}.",
        "The {office} of {a} met his counterpart from {b} in {capital} on {day} to discuss {topic}.",
        "{a} pledged ${n} million to {b} for {topic} on {day}.",
        "{a} imposed sanctions on {b} on {day} over {topic}.",
        "{a} threatened on {day} to close its border with {b} because of {topic}."]
TOPICS = ["fisheries", "a dam on the border", "railway tariffs", "grain exports", "stolen archives",
          "a gas pipeline", "the treatment of migrants", "customs posts", "a joint satellite"]
WORDS = ["“We will keep our word,” the {office} said at a news conference in {capital}.",
         "“This must be settled before the winter,” the {adjective} {office} told reporters.",
         "The {adjective} {office} said that talks would go on in the spring.",
         "{b} rejected the demand and recalled its ambassador from {capital}."]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


def report(number):
    """(address, title, paragraphs, day of publication), the same for the same number."""
    dice = random.Random(number)
    (a, capital, adjective), (b, _, _) = dice.sample(STATES, 2)
    facts = dict(a=a, b=b, capital=capital, adjective=adjective, office=dice.choice(OFFICES),
                 topic=dice.choice(TOPICS), day=dice.choice(DAYS), n=dice.randrange(2, 900))
    paragraphs = [f"{capital.upper()} — " + dice.choice(ACTS).format(**facts)]
    paragraphs += [line.format(**facts) for line in dice.sample(WORDS, 2)]
    facts["topic"] = dice.choice(TOPICS)
    paragraphs.append(dice.choice(ACTS).format(**facts))
    paragraphs.append(f"It was meeting number {number} of the two sides, a spokesman said, and {facts['n']} "
                      f"delegates took part.")
    date = f"2024-{1 + number // 28 % 12:02}-{1 + number % 28:02}"
    return (f"https://news.example/{date}/{number}", f"{a} and {b}: {facts['topic']} ({number})", paragraphs, date)


def page(number, padding=0):
    """The report as HTML; `padding` is about the bytes that no compression takes away."""
    url, title, paragraphs, date = report(number)
    noise = random.Random(-number).randbytes(padding // 2).hex()
    body = "\n".join(f"<p>{p}</p>" for p in paragraphs)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<link rel="canonical" href="{url}"><meta property="article:published_time" content="{date}T09:00:00Z">
<!-- {noise} --></head><body><article><h1>{title}</h1>
{body}
</article></body></html>""".encode()


def record(number, padding=0):
    """The page as a gzip member with a WARC record."""
    url = report(number)[0]
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(number, padding)
    head = (f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:032}>\r\n"
            f"WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(block)}\r\n\r\n").encode()
    return gzip.compress(head + block + b"\r\n\r\n", 1)


def line(number, padding=0):
    """The report as a line of JSONL; without an id, so that its name is its place."""
    url, _, paragraphs, date = report(number)
    noise = random.Random(-number).randbytes(padding // 2).hex()
    return json.dumps({"text": "\n\n".join(paragraphs), "url": url, "lang": "en", "date": date,
                       "noise": noise}).encode() + b"\n"

"""Pages as records of an archive, for the benchmarks."""
import gzip
import pathlib


def pages_in(folder):
    """The pages of a folder (.html or .html.gz), by name."""
    return [gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes()
            for p in sorted(pathlib.Path(folder).glob("*.html*"))]


def record(number, page):
    """A gzip member with a WARC record, whose address has the number."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = (f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
            f"WARC-Target-URI: http://pages.example/{number}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n")
    return gzip.compress(head.encode() + block + b"\r\n\r\n", 1)

"""Locators: where each sentence of the comment stands, without its words.

The dataset holds a keyed hash of each sentence instead of the sentence. Whoever holds the text can
so be told whether paragraph 2, sentence 5 is still the sentence that a claim was read from.

Blank lines separate paragraphs. One that begins with a footnote mark is the footnote and has number
0; a single sentence without a full stop is a heading and has none. The others count from 1, from
the first that belongs to the text: what stands in front of it, such as a menu, is left out. A
sentence ends at a full stop, question or exclamation mark before a space and a capital letter, save
a full stop after a single capital (“J. Smith”, “U.S.”) or after one of a few abbreviations.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

FOOTNOTE = 0
DIGEST_BYTES = 16
GOOD, MOVED, CHANGED, MISSING = "good", "moved", "changed", "missing"
ABBREVIATIONS = ("mr", "mrs", "ms", "dr", "prof", "st", "gen", "no", "vs", "cf", "e.g", "i.e")

Place = tuple[int, int]

_BLANK_LINES = re.compile(r"\n[^\S\n]*\n")
_FOOTNOTE_MARK = re.compile(r"(?:[¹²³⁰-⁹]+|\[\d{1,2}\])\s*")
_END = re.compile(r"[.!?…][\"'”’»)\]*_]*(?=\s+[\"'“‘«(\[*_]*([^\W\d_]))")
_LAST = re.compile(r"[.!?…:;][\"'”’»)\]*_¹²³⁰-⁹]*\Z")
_LONE_LETTER = re.compile(r"(?:\A|\W)([^\W\d_])\Z")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‘’‚‛‹›′`", "'"))
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_UNSEEN = str.maketrans(dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff*\\"))


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What became of one sentence of the comment: where it stood, and where it stands now."""

    place: Place
    status: str
    now: Place | None = None


@dataclass(frozen=True, kw_only=True)
class Verification:
    """What became of every sentence, and where the text has sentences that are new."""

    findings: tuple[Finding, ...]
    new: tuple[Place, ...]

    @property
    def is_good(self) -> bool:
        """True when every locator points where it should and nothing was added."""
        return not self.new and all(found.status == GOOD for found in self.findings)


def verify(text: str, known: Mapping[Place, str], *, salt: str) -> Verification:
    """What became of every known sentence in `text`.

    A sentence is *good* where it should be, *moved* when it stands elsewhere, *changed* when an
    unknown sentence has its place, and otherwise *missing*.

    Args:
        text: The text to be verified; any text will do.
        known: Paragraph and sentence to hash, as the dataset has them.
        salt: What the hashes were keyed with.
    """
    found = _match_places(text, known, salt=salt)
    good = {place for place, value in known.items() if found.get(place) == value}
    spare = {place: value for place, value in found.items() if place not in good}
    moved = dict(_find_moves({p: v for p, v in known.items() if p not in good}, spare))
    unknown = set(spare) - set(moved.values())
    findings = tuple(_judge_place(place, good, moved, unknown) for place in known)
    changed = {finding.place for finding in findings if finding.status == CHANGED}
    return Verification(findings=findings, new=tuple(sorted(unknown - changed)))


def digest_sentences(text: str, *, salt: str) -> dict[Place, str]:
    """The keyed hash of every sentence of `text`, by paragraph and sentence."""
    footnotes, body = _split_text(text, salt=salt)
    return _number_places(footnotes, body, left_out=0)


def digest_sentence(sentence: str, *, salt: str) -> str:
    """BLAKE2b of a normalised sentence, keyed with `salt` (hexadecimal): 32 hexadecimal digits."""
    words = normalise(sentence).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(words, key=bytes.fromhex(salt), digest_size=DIGEST_BYTES).hexdigest()


def normalise(sentence: str) -> str:
    """A sentence without what copying changes: case, forms of quotes and dashes, breaks, emphasis.

    Unicode's compatibility form (NFKC) is taken before and after the case is folded.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", sentence).casefold())
    plain = folded.translate(_QUOTES).translate(_DASHES).translate(_UNSEEN)
    return " ".join(plain.split())


def split_sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph, in order; none when it is blank."""
    cuts = [0, *(end.end() for end in _END.finditer(paragraph) if _is_end(paragraph, end))]
    parts = [paragraph[a:b].strip() for a, b in zip(cuts, [*cuts[1:], None], strict=True)]
    return [part for part in parts if normalise(part)]


def _is_end(paragraph: str, end: re.Match[str]) -> bool:
    """Whether a sentence ends here: a capital follows, and no initial or abbreviation precedes."""
    if end[1] != end[1].upper():
        return False
    before = paragraph[max(0, end.start() - 20) : end.start()]
    letter = _LONE_LETTER.search(before)
    is_initial = letter is not None and letter[1].isupper()
    last = before.split()[-1].lstrip("\"'“‘«([*_").casefold() if before.split() else ""
    return end[0][0] != "." or not (is_initial or last in ABBREVIATIONS)


def _split_text(text: str, *, salt: str) -> tuple[list[str], list[list[str]]]:
    """Hashes of the footnotes' sentences, and of the sentences of each other paragraph."""
    footnotes: list[str] = []
    body: list[list[str]] = []
    for block in _BLANK_LINES.split("\n".join(text.splitlines())):
        plain = block.strip()
        mark = _FOOTNOTE_MARK.match(plain)
        sentences = split_sentences(plain[mark.end() :] if mark else plain)
        hashes = [digest_sentence(sentence, salt=salt) for sentence in sentences]
        if mark:
            footnotes += hashes
        elif len(hashes) > 1 or (hashes and _LAST.search(plain)):
            body.append(hashes)
    return footnotes, body


def _match_places(text: str, known: Mapping[Place, str], *, salt: str) -> dict[Place, str]:
    """Hashes of the text by place, counted so that most sentences stand where they should.

    Only leading paragraphs without a known sentence may be left out of the count.
    """
    footnotes, body = _split_text(text, salt=salt)
    at = {value: place for place, value in known.items()}
    holding = [(n, at[v][0] - 1) for n, hashes in enumerate(body) for v in hashes if v in at]
    first = min((number for number, _ in holding), default=0)
    offsets = {0} | {number - due for number, due in holding if 0 <= number - due <= first}
    counts = [_number_places(footnotes, body, left_out=number) for number in sorted(offsets)]
    return max(counts, key=lambda found: sum(found.get(p) == v for p, v in known.items()))


def _number_places(
    footnotes: list[str], body: list[list[str]], *, left_out: int
) -> dict[Place, str]:
    paragraphs = [footnotes, *body[left_out:]]
    return {
        (number, place): value
        for number, hashes in enumerate(paragraphs, start=FOOTNOTE)
        for place, value in enumerate(hashes, start=1)
    }


def _find_moves(
    sought: Mapping[Place, str], spare: Mapping[Place, str]
) -> Iterator[tuple[Place, Place]]:
    """From where to where sentences moved; of several equal ones each is found once."""
    at: dict[str, list[Place]] = {}
    for place in sorted(spare, reverse=True):
        at.setdefault(spare[place], []).append(place)
    for place in sorted(sought):
        if at.get(sought[place]):
            yield place, at[sought[place]].pop()


def _judge_place(
    place: Place, good: set[Place], moved: Mapping[Place, Place], unknown: set[Place]
) -> Finding:
    if place in good:
        return Finding(place=place, status=GOOD, now=place)
    if place in moved:
        return Finding(place=place, status=MOVED, now=moved[place])
    return Finding(place=place, status=CHANGED if place in unknown else MISSING)

"""Locators: where each sentence of the document stands, without its words.

The dataset holds a keyed hash of each sentence instead of the sentence. Whoever holds the text can
so be told whether paragraph 2, sentence 5 is still the sentence that a claim was read from.

Blank lines separate paragraphs, or line breaks do where most lines end as sentences do. One that
begins with a footnote mark is the footnote and has number 0; a short single sentence without a full
stop is a heading and has none. The others count from 1, from the first that belongs to the text:
what stands in front of it, such as a menu, is left out. Where sentences end is for `sentencex`,
which knows the stops and the abbreviations of many languages.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sentencex import segment

FOOTNOTE = 0
DIGEST_BYTES = 16
GOOD, MOVED, CHANGED, MISSING = "good", "moved", "changed", "missing"
DEFAULT_LANGUAGE = "en"
LONGEST_HEADING = 120  # in characters; scripts without full stops have paragraphs, too

Place = tuple[int, int]

_BLANK_LINES = re.compile(r"\n[^\S\n]*\n")
_FOOTNOTE_MARK = re.compile(r"(?:[¹²³⁰-⁹]+|\[\d{1,2}\])\s*")
_LAST = re.compile(r"[.!?…:;。！？｡։՞՜؟۔؛।॥።፧။។៕᠃᠉][\"'”’»)\]*_」』¹²³⁰-⁹\u200e\u200f\u061c]*\Z")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‘’‚‛‹›′`", "'"))
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_UNSEEN = str.maketrans(
    dict.fromkeys(
        "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060"
        "\u2066\u2067\u2068\u2069\ufeff*\\"
    )
)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What became of one sentence of the document: where it stood, and where it stands now."""

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


@dataclass(frozen=True, kw_only=True)
class SplitText:
    """The sentences of a text: those of the footnotes, those of each other paragraph, headings."""

    footnotes: list[str]
    body: list[list[str]]
    headings: list[str]

    def number_sentences(self, *, left_out: int = 0) -> dict[Place, str]:
        """Each sentence by its place, without some of the first paragraphs."""
        paragraphs = [self.footnotes, *self.body[left_out:]]
        return {
            (number, place): sentence
            for number, sentences in enumerate(paragraphs, start=FOOTNOTE)
            for place, sentence in enumerate(sentences, start=1)
        }

    def hash_sentences(self, *, salt: str) -> "SplitText":
        """The document with a hash in place of each sentence."""
        return SplitText(
            footnotes=[digest_sentence(one, salt=salt) for one in self.footnotes],
            body=[[digest_sentence(one, salt=salt) for one in part] for part in self.body],
            headings=self.headings,
        )


def verify(
    text: str,
    known: Mapping[Place, str],
    *,
    salt: str,
    languages: Iterable[str] = (DEFAULT_LANGUAGE,),
) -> Verification:
    """What became of every known sentence in `text`.

    A sentence is *good* where it should be, *moved* when it stands elsewhere, *changed* when an
    unknown sentence has its place, and otherwise *missing*.

    Args:
        text: The text to be verified; any text will do.
        known: Paragraph and sentence to hash, as the dataset has them.
        salt: What the hashes were keyed with.
        languages: Codes of those that the text may be in. It is split as in the one that brings
            most sentences to their places, for the dataset does not say how it was split.
    """
    found = _match_places(text, known, salt=salt, languages=languages)
    good = {place for place, value in known.items() if found.get(place) == value}
    spare = {place: value for place, value in found.items() if place not in good}
    moved = dict(_find_moves({p: v for p, v in known.items() if p not in good}, spare))
    unknown = set(spare) - set(moved.values())
    findings = tuple(_judge_place(place, good, moved, unknown) for place in known)
    changed = {finding.place for finding in findings if finding.status == CHANGED}
    return Verification(findings=findings, new=tuple(sorted(unknown - changed)))


def digest_sentences(text: str, *, salt: str, language: str = DEFAULT_LANGUAGE) -> dict[Place, str]:
    """The keyed hash of every sentence of `text`, by paragraph and sentence."""
    return split_text(text, language=language).hash_sentences(salt=salt).number_sentences()


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


def split_sentences(paragraph: str, *, language: str = DEFAULT_LANGUAGE) -> list[str]:
    """The sentences of a paragraph, in order; none when it is blank."""
    parts = (part.strip() for part in segment(language, " ".join(paragraph.split())))
    return [part for part in parts if normalise(part)]


def split_text(text: str, *, language: str = DEFAULT_LANGUAGE) -> SplitText:
    """The sentences of `text`, split by the rules of a language."""
    found = SplitText(footnotes=[], body=[], headings=[])
    for block in _split_paragraphs(text):
        mark = _FOOTNOTE_MARK.match(block)
        sentences = split_sentences(block[mark.end() :] if mark else block, language=language)
        if mark:
            found.footnotes.extend(sentences)
        elif len(sentences) > 1 or (sentences and _is_sentence(block)):
            found.body.append(sentences)
        else:
            found.headings.extend(sentences)
    return found


def _split_paragraphs(text: str) -> list[str]:
    """The paragraphs: lines where at least half of them end as sentences do."""
    lines = [line.strip() for line in text.splitlines()]
    full = [line for line in lines if line]
    if sum(bool(_LAST.search(line)) for line in full) * 2 >= len(full):
        return full
    return [block.strip() for block in _BLANK_LINES.split("\n".join(lines)) if block.strip()]


def _is_sentence(block: str) -> bool:
    return len(block) > LONGEST_HEADING or bool(_LAST.search(block))


def _match_places(
    text: str, known: Mapping[Place, str], *, salt: str, languages: Iterable[str]
) -> dict[Place, str]:
    """Hashes of the text by place, split and counted so that most stand where they should.

    Only leading paragraphs without a known sentence may be left out of the count.
    """
    at = {value: place for place, value in known.items()}
    counts: list[dict[Place, str]] = []
    for language in languages:
        found = split_text(text, language=language).hash_sentences(salt=salt)
        holding = [(n, at[v][0] - 1) for n, part in enumerate(found.body) for v in part if v in at]
        first = min((number for number, _ in holding), default=0)
        offsets = {0} | {number - due for number, due in holding if 0 <= number - due <= first}
        counts += [found.number_sentences(left_out=number) for number in sorted(offsets)]
    return max(counts, key=lambda one: sum(one.get(p) == v for p, v in known.items()))


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

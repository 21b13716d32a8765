"""Laws of the locators: any text can be verified, and no shuffle goes unseen."""

from hypothesis import given
from hypothesis import strategies as st

from entente.record.locators import GOOD, MOVED, digest_sentences, split_sentences, verify

SALT = "00" * 16
WORDS = ("ash", "beech", "cedar", "elm", "fir", "holly", "larch", "maple", "oak", "pine", "yew")
SENTENCES = [f"The {a} stands by the {b}." for a in WORDS for b in WORDS if a < b]


@st.composite
def texts(draw: st.DrawFn) -> list[list[str]]:
    """Paragraphs of different sentences."""
    chosen = draw(st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=12, unique=True))
    cuts = sorted(draw(st.sets(st.integers(1, len(chosen) - 1), max_size=4)))
    return [chosen[a:b] for a, b in zip([0, *cuts], [*cuts, len(chosen)], strict=True)]


def written(paragraphs: list[list[str]]) -> str:
    return "\n\n".join(" ".join(sentences) for sentences in paragraphs)


@given(st.text(max_size=400), texts())
def test_any_text_can_be_verified(text, paragraphs):
    known = digest_sentences(written(paragraphs), salt=SALT)
    found = verify(text, known, salt=SALT)
    assert [finding.place for finding in found.findings] == list(known)


@given(st.text(max_size=400))
def test_a_text_is_good_against_itself(text):
    assert verify(text, digest_sentences(text, salt=SALT), salt=SALT).is_good


@given(st.text(max_size=300))
def test_sentences_are_parts_of_the_paragraph_in_order(paragraph):
    plain, at = " ".join(paragraph.split()), 0
    for sentence in split_sentences(paragraph):
        at = plain.index(sentence, at) + len(sentence)


@given(texts(), st.randoms(use_true_random=False))
def test_shuffled_sentences_are_told_as_moved(paragraphs, random):
    known = digest_sentences(written(paragraphs), salt=SALT)
    flat = [sentence for sentences in paragraphs for sentence in sentences]
    random.shuffle(flat)
    rest = iter(flat)
    shuffled = [[next(rest) for _ in sentences] for sentences in paragraphs]
    found = verify(written(shuffled), known, salt=SALT)
    assert {finding.status for finding in found.findings} <= {GOOD, MOVED}
    assert found.is_good == (shuffled == paragraphs)
    assert not found.new

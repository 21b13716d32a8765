"""Locators, on a text made up for the purpose."""

import pytest

from entente.record.locators import (
    digest_sentence,
    digest_sentences,
    normalise,
    split_sentences,
    verify,
)

SALT = "00112233445566778899aabbccddeeff"
TEXT = """A heading without a stop

The fox came late. It was J. Reynard of the U.S. mission, Mr. Brown said. “Nobody saw it.” Why?

¹ Told by a crow.

The hen slept. The cock crowed at 5.30 in the *yard*. Then all was still!
"""
KNOWN = digest_sentences(TEXT, salt=SALT)


def found_in(text: str) -> dict[tuple[int, int], tuple[str, tuple[int, int] | None]]:
    checked = verify(text, KNOWN, salt=SALT)
    return {f.place: (f.status, f.now) for f in checked.findings if f.status != "good"}


def test_paragraphs_and_sentences_are_counted_without_heading_and_with_the_footnote_as_nought():
    assert sorted(KNOWN) == [(0, 1), (1, 1), (1, 2), (1, 3), (1, 4), (2, 1), (2, 2), (2, 3)]
    assert verify(TEXT, KNOWN, salt=SALT).is_good


@pytest.mark.parametrize(
    ("paragraph", "count"),
    [
        ("One. Two.", 2),
        ("By A. B. Cook, of the E.U. Council.", 1),
        ("He saw Dr. Brown. He is late.", 2),
        ("It cost 2.5 million. So they said. Well…", 3),
        ("In the 1990s. Later.", 2),
        ("The fox\ncame. The hen\nslept.", 2),
        ("   ", 0),
    ],
)
def test_a_sentence_ends_at_a_stop_and_not_at_an_abbreviation(paragraph, count):
    assert len(split_sentences(paragraph)) == count


@pytest.mark.parametrize(
    ("language", "paragraph", "count"),
    [
        ("hy", "Աղվեսը եկավ։ Հավը քնեց։", 2),
        ("ar", "جاء الثعلب. نامت الدجاجة؟", 2),
        ("hi", "लोमड़ी आई। मुर्गी सोई।", 2),
        ("zh", "狐狸来了。母鸡睡了！", 2),
        ("de", "Am 5. April kam der Fuchs z. B. zu Dr. Huhn. Dann schlief es.", 2),
    ],
)
def test_every_language_has_its_stops(language, paragraph, count):
    assert len(split_sentences(paragraph, language=language)) == count
    text = f"{paragraph}\n\n{paragraph}"
    known = digest_sentences(text, salt=SALT, language=language)
    assert max(known) == (2, count)
    assert verify(text, known, salt=SALT, languages=("en", language)).is_good


def test_without_blank_lines_each_line_that_ends_as_a_sentence_does_is_a_paragraph():
    text = "A heading\nThe fox came. It was late.\nThe hen slept."
    assert max(digest_sentences(text, salt=SALT)) == (2, 1)
    wrapped = "The fox\ncame. It\nwas late."
    assert max(digest_sentences(wrapped, salt=SALT)) == (1, 2)


def test_a_long_paragraph_without_a_stop_is_no_heading():
    assert digest_sentences("ก" * 130, salt=SALT)
    assert not digest_sentences("ก" * 30, salt=SALT)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It’s “so” – he said", 'it\'s "SO" - he  said'),
        ("a *Big* sum of \\$2", "a big sum of $2"),
        ("one\ntwo\u00a0three", "one two three"),
        ("soft\u00adhyphen", "softhyphen"),
        ("ﬁne", "fine"),
    ],
)
def test_what_copying_changes_does_not_count(one, other):
    assert normalise(one) == normalise(other)


def test_words_and_salt_do_count():
    assert digest_sentence("The hen slept.", salt=SALT) != digest_sentence(
        "The hen sleeps.", salt=SALT
    )
    assert digest_sentence("The hen slept.", salt=SALT) != digest_sentence(
        "The hen slept.", salt="ff" * 16
    )


def test_two_sentences_swapped_and_one_edited_are_told_exactly():
    swapped = TEXT.replace("The fox came late.", "@").replace(
        "The hen slept.", "The fox came late."
    )
    edited = swapped.replace("@", "The hen slept.").replace("all was still", "all were still")
    checked = verify(edited, KNOWN, salt=SALT)
    assert found_in(edited) == {
        (1, 1): ("moved", (2, 1)),
        (2, 1): ("moved", (1, 1)),
        (2, 3): ("changed", None),
    }
    assert checked.new == ()


def test_an_added_sentence_is_new_and_moves_those_behind_it():
    longer = TEXT.replace("The cock crowed", "A dog barked. The cock crowed")
    assert found_in(longer) == {(2, 2): ("moved", (2, 3)), (2, 3): ("moved", (2, 4))}
    assert verify(longer, KNOWN, salt=SALT).new == ((2, 2),)


def test_a_sentence_that_is_gone_is_missing():
    assert found_in(TEXT.replace(" Then all was still!", "")) == {(2, 3): ("missing", None)}


def test_what_stands_in_front_of_the_text_is_left_out():
    assert verify("Home. News.\n\nWe use cookies. Do you?\n\n" + TEXT, KNOWN, salt=SALT).is_good


def test_a_first_paragraph_all_of_which_was_edited_moves_nothing_else():
    first = TEXT.split("\n\n")[1]
    checked = verify(TEXT.replace(first, "Quite another thing. And one more."), KNOWN, salt=SALT)
    assert {f.place for f in checked.findings if f.status != "good"} == {
        (1, n) for n in range(1, 5)
    }


def test_a_last_sentence_without_its_stop_keeps_its_paragraph():
    assert set(found_in(TEXT.replace("still!", "still"))) == {(2, 3)}


def test_equal_sentences_are_found_once_each():
    known = digest_sentences("So it was. So it was. The end.", salt=SALT)
    checked = verify("So it was. The end.", known, salt=SALT)
    assert [f.status for f in checked.findings] == ["good", "missing", "moved"]
    turned = verify("The end. Something new. So it was.", known, salt=SALT)
    assert [f.status for f in turned.findings] == ["moved", "changed", "moved"]


def test_a_text_without_any_of_the_sentences_is_all_changed_or_missing():
    assert {status for status, _ in found_in("Something else. Entirely.").values()} == {
        "changed",
        "missing",
    }

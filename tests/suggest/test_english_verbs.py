import functools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.suggest.english_verbs import forms, guess_lemma
from annotator.suggest.forms import Form, normal, words

# Forms of one verb; behind the bar words that look like forms and are none.
ENGLISH = """
say       says said saying | sayed
tell      tells told telling | telled
retell    retells retold
foretell  foretold foretelling
write     writes wrote written writing
think     thinks thought thinking
swear     swore sworn
speak     spoke spoken speaks
read      reads read reading
hold      held holds
find      found finding | finded
forecast  forecast forecasts forecasted forecasting
mean      meant
feel      felt
understand understood
misunderstand misunderstood
put       put putting puts | putted
give      gave given giving
have      has had having | haves
be        is are am was were been being | bes
do        does did done doing
go        goes went gone going
come      came coming
get       got gotten getting
take      took taken
see       saw seen seeing
foresee   foresaw foreseen foreseeing
hear      heard
overhear  overheard
sing      sang sung
ring      rang rung
bring     brought
begin     began begun beginning
forget    forgot forgotten forgetting
withdraw  withdrew withdrawn
plead     pleaded pled
relay     relayed relaying | relaid
rebut     rebutted rebutting
admit     admits admitted admitting | admited
refer     referred referring refers
recap     recapped recapping
quip      quips quipped quipping
beg       begged
deadpan   deadpanned
aver      averred
stress    stresses stressed
reply     replies replied replying | replys
deny      denies denied
say       said
announce  announced announcing announces
argue     argued arguing
agree     agreed agreeing
lie       lying lied
panic     panicked panicking | paniced
counsel   counseled counselled counselling counseling
signal    signalled signaled
reveal    revealed revealing | revealled
whisper   whispered whispering | whisperred
offer     offered offering | offerred
answer    answered
visit     visited
echo      echoes echoed echoing
tweet     tweets tweeted
apologize apologized apologised apologizes apologises apologizing apologising
criticize criticised criticized
emphasize emphasises emphasized
analyze   analysed analyzing
prize     prized | prised
quiz      quizzes quizzed
"""


def rows() -> list[tuple[str, list[str], list[str]]]:
    found = []
    for line in filter(None, ENGLISH.splitlines()):
        good, _bar, bad = line.partition("|")
        lemma, *forms = good.split()
        found.append((lemma, forms, [word for word in bad.split() if word not in forms]))
    return found


@pytest.mark.parametrize(("lemma", "good", "bad"), rows())
def test_an_english_verb_is_known_in_all_its_forms(lemma: str, good: list[str], bad: list[str]):
    known = forms(lemma)
    assert [form for form in good if form not in known] == []
    assert [form for form in bad if form in known] == []
    assert Form.INFINITIVE in known[lemma]


def test_the_table_of_forms_is_long_enough():
    assert sum(len(good) for _lemma, good, _bad in rows()) > 130


def flags(names: str) -> Form:
    return functools.reduce(Form.__or__, (Form[name.upper()] for name in names.split()))


@pytest.mark.parametrize(
    ("lemma", "form", "readings"),
    [
        ("say", "say", "speaker finite plural infinitive"),
        ("say", "says", "finite"),
        ("say", "said", "finite speaker past participle"),
        ("say", "saying", "gerund"),
        ("write", "wrote", "finite speaker past"),
        ("write", "written", "participle"),
        ("put", "put", "speaker finite plural infinitive past participle"),
        ("be", "is", "finite"),
        ("be", "am", "speaker"),
        ("be", "were", "finite speaker plural past"),
        ("be", "be", "infinitive"),
    ],
)
def test_an_english_form_tells_who_speaks_and_when(lemma: str, form: str, readings: str):
    assert forms(lemma)[form] == flags(readings)


ENGLISH_CUES = """
    quipped:quip deadpanned:deadpan chided:chide parried:parry hisses:hiss judges:judge says:say
    told:tell withdrew:withdraw clarifies:clarify enthused:enthuse tweeted:tweet admitting:admit
    stated:state repeated:repeat urging:urge mumbled:mumble drawled:drawl agreed:agree added:add
    counselled:counsel recalled:recall panicked:panic lied:lie cried:cry goes:go echoes:echo
    cited:cite visited:visit invited:invite breathed:breathe whispered:whisper declared:declare
    need:need snark:snark
"""


@pytest.mark.parametrize("pair", words(ENGLISH_CUES))
def test_the_base_of_an_english_cue_is_guessed(pair: str):
    form, lemma = pair.split(":")
    assert guess_lemma(form) == lemma


@pytest.mark.parametrize("word", ["via", "according", "to", ":", "", "statement", "bluntly", "12"])
def test_an_english_cue_without_a_verb_has_no_base(word: str):
    assert guess_lemma(word) is None


def test_no_word_has_no_forms():
    assert forms("") == {}


@given(stem=st.text(max_size=12), ending=st.sampled_from(["", "e", "ic", "y", "ize", "ss"]))
def test_any_word_can_be_conjugated(stem: str, ending: str):
    for form in forms(stem + ending):
        assert form == unicodedata.normalize("NFC", form) == form.lower()


@given(st.text(max_size=12) | st.text("aeiéèçgstnrlmdu", max_size=12))
def test_any_word_can_be_guessed_at(word: str):
    lemma = guess_lemma(word)
    assert lemma is None or normal(word) in forms(lemma)

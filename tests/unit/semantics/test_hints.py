"""What would allow a request if more were known: asked with it, the request is allowed."""

import pytest

from policyc.pipeline import Compilation, compile_path
from policyc.semantics.hints import hints
from policyc.semantics.reference import Reference
from tests.policies import EXAMPLES, compile_files

POLICY = """\
language 1
import consent, legitimate_interests from std.basis.gdpr
party us "Us"
party them "them"
data logs "logs"
data clicks "clicks"
data mails "mails"
data names "names"
purpose help "help"
event sold "we are sold"
event moved "you move"
fact agreed "you agreed"
fact signed "you signed"
fact age "your age" number
policy p "P"
    controller us
both: may use logs for help when agreed and signed
either: may use clicks for help when agreed or signed unless moved_away
fact moved_away "you moved away"
bases: may use mails for help basis consent, legitimate_interests
times: may use names for help after sold until moved when age above 15
never_so: never use names for help when agreed
"""

CASES = {
    "use logs for help": [("both", "when agreed and signed")],
    "use logs for help when agreed": [("both", "when signed")],
    "use logs for help unless agreed": [],
    "use clicks for help": [("either", "when agreed unless moved_away")],
    "use clicks for help when moved_away": [],
    "use mails for help": [("bases", "when consent_given")],
    "use names for help": [("times", "when age above 15 and sold unless moved")],
    "use names for help unless sold": [],
    "use logs": [("both", "when agreed and signed")],
    "share logs with them": [],
}


@pytest.fixture(scope="module")
def compilation(tmp_path_factory: pytest.TempPathFactory) -> Compilation:
    return compile_files(tmp_path_factory.mktemp("hints"), {"main.policy": POLICY})


@pytest.mark.parametrize("question", CASES)
def test_what_is_not_known(question: str, compilation: Compilation) -> None:
    asked = compilation.question(question).value
    assert compilation.policy is not None
    assert asked is not None
    found = [(hint.id, hint.words) for hint in hints(compilation.policy, asked)]
    assert found == CASES[question]


def test_whoever_asks_with_a_hint_is_allowed_or_forbidden() -> None:
    """Asked with the words of a hint, the statement permits: what may still deny is a prohibition or a clock."""
    tried = 0
    for path in EXAMPLES:
        compilation = compile_path(path)
        policy = compilation.policy
        assert policy is not None
        for line in (line for test in policy.tests for line in test.expectations):
            for hint in (hint for hint in hints(policy, line.question) if hint.is_askable):
                said = compilation.question(_with(line.text.partition(" ")[2], hint.words)).value
                assert said is not None, hint.words
                decision = Reference(policy).answer(said)
                assert decision.allowed or decision.statements, hint.words
                tried += 1
    assert tried > 50


def _with(question: str, words: str) -> str:
    """A question with more known: its own `when` and `unless` go on."""
    when, _, unless = words.partition("unless ")
    when = when.removeprefix("when ").strip()
    before, _, more = question.partition(" when ")
    known, _, unknown = more.partition(" unless ")
    if not more:
        before, _, unknown = question.partition(" unless ")
    true = " and ".join(one for one in (known, when) if one)
    false = " or ".join(one for one in (unknown, unless) if one)
    return before + (f" when {true}" if true else "") + (f" unless {false}" if false else "")

from typing import NamedTuple


class Contradiction(NamedTuple):
    question_id: str
    sentence: str


def contradictions(playbook, answers, earlier, lead, day):
    return ()

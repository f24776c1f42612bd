from leaddesk.core.domain.assessment import assess


def two_minutes(playbook, resolved, most=4):
    a = assess(playbook, resolved)
    return tuple(n.question for n in a.next if n.value > 0)[:most]


def suggested(playbook, assessment, phase_questions):
    return next(
        (n.question for n in assessment.next if n.value > 0 and n.question in phase_questions), ""
    )

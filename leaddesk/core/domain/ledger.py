def ledger(playbook, start, said, lead, activities, now):
    return ()

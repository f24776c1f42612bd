def still_needed(playbook, assessment, answers):
    return ""

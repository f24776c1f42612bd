# SPDX-License-Identifier: MIT
"""The window: Qt widgets over the services. Views arrange, presenters decide."""

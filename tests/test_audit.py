"""``make audit`` tells what is known, and of what nobody could tell."""

import pytest

from tests.audit import FOUND, UNKNOWN, audit

SOUND = {"name": "numpy", "version": "2.0", "vulns": []}
FLAWED = {"name": "click", "version": "8.1", "vulns": [{"id": "PYSEC-1"}, {"id": "CVE-2"}]}
SKIPPED = {"name": "rich", "skip_reason": "Dependency not found"}


@pytest.mark.parametrize(
    ("answers", "status", "out", "err"),
    [
        ({"pypi": [SOUND]}, 0, "None of the 1 packages asked about has a known flaw.\n", ""),
        ({"pypi": [SOUND, FLAWED]}, FOUND, "click 8.1: PYSEC-1, CVE-2.\n", ""),
        (
            {},
            UNKNOWN,
            "",
            "PyPI cannot be reached.\nOSV cannot be reached.\nSo nothing was audited.\n",
        ),
        (
            {"pypi": [SKIPPED]},
            UNKNOWN,
            "",
            "PyPI does not tell of 1 of 1 packages.\nOSV cannot be reached.\n"
            "So nothing was audited.\n",
        ),
        (
            {"pypi": [SOUND, SKIPPED]},
            0,
            "None of the 1 packages asked about has a known flaw.\n",
            "PyPI does not tell of 1 of 2 packages.\nOSV cannot be reached.\n"
            "Not audited, as nobody tells of them:\nrich.\n",
        ),
        (
            {"pypi": [SKIPPED], "osv": [FLAWED, SKIPPED | {"name": "x"}]},
            FOUND,
            "click 8.1: PYSEC-1, CVE-2.\n",
            "PyPI does not tell of 1 of 1 packages.\nOSV does not tell of 1 of 2 packages.\n"
            "Not audited, as nobody tells of them:\nx.\n",
        ),
    ],
)
def test_what_is_known_is_told_and_so_is_what_is_not(answers, status, out, err, capsys):
    assert audit(answers.get) == status
    assert capsys.readouterr() == (out, err)

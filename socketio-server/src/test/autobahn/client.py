# Autobahn's fuzzing client, run by Jython: jython client.py <agent> <url> <directory of the report> <cases>
import sys

from autobahntestsuite import wstest

agent, url, outdir, cases = sys.argv[1:5]
wstest.start({"mode": "fuzzingclient"}, {
    "failByDrop": False,
    "outdir": outdir,
    "servers": [{"agent": agent, "url": url, "options": {"version": 18}}],
    "cases": cases.split(","),
    "exclude-cases": [],
    "exclude-agent-cases": {},
})

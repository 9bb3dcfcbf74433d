# What each rule of house.yml finds, and what it lets be. Read by semgrep alone.

# ruleid: narrowed-by-whatever-was-sent
Person.objects.filter(**request.GET)
# ruleid: narrowed-by-whatever-was-sent
Person.objects.filter(**request.GET.dict())
# ok: narrowed-by-whatever-was-sent
Person.objects.filter(agency=request.GET.get("agency"))

# ruleid: sent-on-to-wherever-was-asked
redirect(request.GET["next"])
# ruleid: sent-on-to-wherever-was-asked
HttpResponseRedirect(request.META.get("HTTP_REFERER")) if False else redirect(request.META.get("HTTP_REFERER"))
# ok: sent-on-to-wherever-was-asked
redirect("home")

# ruleid: sql-beside-the-orm
Person.objects.raw("SELECT 1")
# ruleid: sql-beside-the-orm
people.extra(where=["1 = 1"])
# ok: sql-beside-the-orm
people.filter(pk=1)


# ruleid: a-form-that-others-may-send
@csrf_exempt
def open_door(request):
    return None


# ok: a-form-that-others-may-send
@require_POST
def closed_door(request):
    return None


# ruleid: a-clock-without-a-zone
datetime.now()
# ruleid: a-clock-without-a-zone
datetime.datetime.utcnow()
# ok: a-clock-without-a-zone
timezone.now()
# ok: a-clock-without-a-zone
datetime.now(UTC)

# ruleid: a-page-drawn-with-the-network
HTML(string=text)
# ok: a-page-drawn-with-the-network
HTML(string=text, url_fetcher=DataOnly())

# ruleid: asks-another-host
urlopen("https://example.org")
# ruleid: asks-another-host
requests.get("https://example.org")
# ok: asks-another-host
client.get("/courses/")

# ruleid: reads-code-out-of-data
eval(text)
# ruleid: reads-code-out-of-data
yaml.load(text)
# ok: reads-code-out-of-data
yaml.safe_load(text)

# ruleid: a-shell-between
subprocess.run(command, shell=True)
# ruleid: a-shell-between
os.system(command)
# ok: a-shell-between
subprocess.run(["true"], check=True)

# ruleid: a-name-in-the-log
logger.warning("No certificate for %s", person.full_name)
# ok: a-name-in-the-log
logger.warning("No certificate for person %s", person.pk)

# ruleid: evidence-that-is-changed-or-removed
AuditEntry.objects.filter(pk=1).delete()
# ruleid: evidence-that-is-changed-or-removed
Marking.objects.update(passed=True)
# ok: evidence-that-is-changed-or-removed
Device.objects.filter(pk=1).delete()

"""What Acme asks of its own teams."""

from auditor.sdk import Because, Case, Unknown, Verdict, deviates, met, rule, undetermined


@rule("ACM001")
def every_store_names_its_environment(case: Case) -> Verdict:
    """Every store says in a tag which environment it belongs to."""
    tags = case.store.tags
    if isinstance(tags, Unknown):
        return undetermined(tags)
    if any(name.lower() == "environment" for name in tags):
        return met()
    return deviates(Because(code="tag_missing", values={"tag": "environment"}))

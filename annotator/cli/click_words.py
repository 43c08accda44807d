"""Click's own sentences that a user can meet, named here so that they are translated with ours."""

from annotator.language import _, n_


def click_words() -> tuple[str, ...]:
    """Return them in the user's language; click asks the same catalogue by the same words."""
    return (
        _("Usage:"),
        _("Options"),
        _("Commands"),
        _("Error: {message}"),
        _("Aborted!"),
        _("Missing command."),
        _("Missing argument"),
        _("Missing option"),
        _("Missing parameter"),
        _("No such command {name!r}."),
        _("No such option {name!r}."),
        _("Option {name!r} does not take a value."),
        _("Invalid value: {message}"),
        _("Invalid value for {param_hint}: {message}"),
        _("Try '{command} {option}' for help."),
        _("Choose from:\n\t{choices}"),
        _("default: {default}"),
        _("{value!r} is not a valid {number_type}."),
        _("{value} is not in the range {range}."),
        _("Show this message and exit."),
        n_(
            "Option {name!r} requires an argument.",
            "Option {name!r} requires {nargs} arguments.",
            1,
        ),
        n_("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 1),
        n_("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 1),
        n_("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 1),
    )

import ArgumentParser
import CaseStore
import Complaints

/// How the names of those who keep promises are taken.
struct OwnerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "By whose days load is counted, unless an owner has a time zone of their own, and what tz is in requests that do not say "
                + "it; by its name in the IANA database.",
            valueName: "name"), form: .zone)
    var timeZone = Zone.utc

    @Flag(help: "Gives nothing to anybody who is not known (422 unknown_owner).")
    var knownOwners = false

    func apply(to options: inout StoreOptions) {
        options.owners = OwnerRules(timeZone: timeZone, mustBeKnown: knownOwners)
    }
}

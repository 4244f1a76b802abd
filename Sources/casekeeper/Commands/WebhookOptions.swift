import ArgumentParser
import CaseAPI

/// Whether webhooks post, and where they may.
struct WebhookOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What webhooks may post to besides the public internet, by http too: an address or a range; more than once, or "
                + "separated by commas.",
            valueName: "address[/bits]"), form: .ranges)
    var webhookAllow: [[AddressRange]] = []

    @Flag(help: "Posts nothing to any webhook: for a copy of a database that is served elsewhere.")
    var noWebhooks = false

    func rules() -> ReceiverRules { ReceiverRules(allowing: webhookAllow.flatMap(\.self)) }
}

import ArgumentParser
import CaseAPI

/// Where webhooks may post to.
struct WebhookOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What webhooks may post to besides the public internet, by http too: an address or a range; more than once, or "
                + "separated by commas.",
            valueName: "address[/bits]"), form: .ranges)
    var webhookAllow: [[AddressRange]] = []

    func rules() -> ReceiverRules { ReceiverRules(allowing: webhookAllow.flatMap(\.self)) }
}

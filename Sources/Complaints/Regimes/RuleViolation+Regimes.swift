extension RuleViolation {
    /// That a regime which came with the program is not changed.
    package static func shippedRegime(_ name: String) -> RuleViolation {
        RuleViolation(
            .regimeShipped,
            "The regime \(name) comes with the service and stays as it is: copy it under another name, PUT /v1/regimes/my-\(name)."
        )
    }
}

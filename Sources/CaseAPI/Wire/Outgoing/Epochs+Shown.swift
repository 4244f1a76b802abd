import CaseStore
import Complaints

extension Epochs {
    /// What is known of the record's epochs.
    static let shown: [Shown<Epochs>] = [
        .count("epoch", "The record's own.") { Int($0.own) },
        .count(
            "superseded_by", "The higher one of the service that goes on with it: no change is kept here any more."
        ) { $0.successor.map { Int($0) } },
    ]
}

extension ItemForm<Epochs> {
    static let epochs = ItemForm(Epochs.shown)
}

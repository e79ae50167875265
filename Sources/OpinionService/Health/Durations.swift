internal import Histogram

/// Durations of the last while, with true quantiles (HdrHistogram, two significant digits).
///
/// A record costs about 10 ns and allocates nothing. Two histograms take turns, so that quantiles
/// are of the last one to two periods and not of the whole life.
struct Durations {
    private var current = Durations.empty()
    private var previous = Durations.empty()

    private static func empty() -> Histogram<UInt32> {
        Histogram(
            lowestDiscernibleValue: 1,
            highestTrackableValue: 86_400_000,
            numberOfSignificantValueDigits: .two
        )
    }

    mutating func record(_ value: Int64) {
        current.record(UInt64(clamping: min(max(value, 0), 86_400_000)))
    }

    /// Begins a new period.
    mutating func turn() {
        previous = current
        current = Self.empty()
    }

    /// Of the current period, or of the last one while nothing has come in this one.
    var quantiles: Quantiles {
        let histogram = current.totalCount > 0 ? current : previous
        guard histogram.totalCount > 0 else { return Quantiles() }
        return Quantiles(
            median: Int64(clamping: histogram.valueAtPercentile(50)),
            high: Int64(clamping: histogram.valueAtPercentile(99))
        )
    }
}

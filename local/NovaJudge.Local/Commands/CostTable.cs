using System.Globalization;
using NovaJudge.Pipeline.Costs;
using Spectre.Console;

namespace NovaJudge.Local.Commands;

/// <summary>A run's ledger as a table that fits into 80 columns, and how its figures are written.</summary>
internal static class CostTable
{
    private static Table Of(RunLedger ledger)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("Cost").NoWrap());
        foreach (var title in new[] { "Calls", "Failed", "Tokens", "p50", "p99", "USD" })
        {
            table.AddColumn(new TableColumn(title).RightAligned().NoWrap());
        }

        foreach (var entry in ledger.Entries)
        {
            table.AddRow(
                Markup.Escape(Purpose(entry.Purpose) + ShortName(entry.Name, 16)),
                entry.Kind == LedgerKind.Called ? Short(entry.Calls) : Words(entry),
                entry.Kind == LedgerKind.Called ? Short(entry.Failed) : "",
                entry.InputTokens + entry.OutputTokens is > 0 and var tokens ? $"{(entry.EstimatedAnswers > 0 ? "~" : "")}{Short(tokens)}" : "",
                entry.Latency is { } latency ? Milliseconds(latency.P50) : "",
                entry.Latency is { } tail ? Milliseconds(tail.P99) : "",
                Markup.Escape(entry.Usd is { } usd ? usd == 0 ? entry.Because ?? "$0" : Dollars.Text(usd) : "unknown"));
        }

        var total = ledger.Total;
        table.AddRow(
            "[bold]Total[/]", Short(total.Calls), Short(total.Failed), Short(total.InputTokens + total.OutputTokens), "", "",
            $"[bold]{Markup.Escape(total.Usd is { } sum ? Dollars.Text(sum) : total.KnownUsd > 0 ? $"≥ {Dollars.Text(total.KnownUsd)}" : "unknown")}[/]");
        return table;
    }

    /// <summary>Prints the table and all that belongs to it.</summary>
    public static void Write(RunLedger ledger)
    {
        AnsiConsole.Write(Of(ledger));
        foreach (var note in Notes(ledger))
        {
            Text.Write(note);
        }

        Text.Write($"Prices: {ledger.Prices}");
    }

    /// <summary>What the table has no column for.</summary>
    private static IEnumerable<string> Notes(RunLedger ledger)
    {
        if (ledger.Total.Attempts > ledger.Total.Calls || ledger.Total.Throttled > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{ledger.Total.Attempts:N0} requests for {ledger.Total.Calls:N0} calls, {ledger.Total.Throttled:N0} of them refused for now (429).");
        }

        foreach (var entry in ledger.Entries.Where(entry => entry.Usd is null && entry.Because is not null))
        {
            yield return $"{entry.Name}: {entry.Because}. Give its price with --prices FILE (docs/cost.md).";
        }

        foreach (var note in ledger.Notes)
        {
            yield return note;
        }
    }

    /// <summary>A range of dollars; why it is nothing or not known instead.</summary>
    public static string Money(EstimateRange? usd, string? because) => usd switch
    {
        null => "unknown",
        { High: 0 } => because is null ? "$0" : $"$0 ({because})",
        { Low: var low, High: var high } when low == high => Dollars.Text(low),
        _ => $"{Dollars.Text(usd.Low)}–{Dollars.Text(usd.High)}",
    };

    /// <summary>A count in at most six characters or so.</summary>
    public static string Short(double count) => count switch
    {
        < 100_000 => count.ToString("N0", CultureInfo.InvariantCulture),
        < 999_500 => (count / 1000).ToString("0", CultureInfo.InvariantCulture) + "k",
        < 999_500_000 => (count / 1_000_000).ToString(count < 99_500_000 ? "0.0" : "0", CultureInfo.InvariantCulture) + "M",
        _ => (count / 1_000_000_000).ToString("0.0", CultureInfo.InvariantCulture) + "G",
    };

    /// <summary>A duration as people say it.</summary>
    public static string Time(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => "1s",
        { TotalMinutes: < 1 } => $"{(int)time.TotalSeconds}s",
        { TotalHours: < 1 } => $"{time.Minutes}m {time.Seconds:00}s",
        { TotalDays: < 4 } => $"{(int)time.TotalHours}h {time.Minutes:00}m",
        _ => $"{(int)Math.Min(time.TotalDays, 9999)}d",
    };

    /// <summary>A long name's end: that of a model which nobody named begins with an address.</summary>
    public static string ShortName(string text, int length) => text.Length <= length ? text : $"…{text[^(length - 1)..]}";

    private static string Milliseconds(double milliseconds) => milliseconds switch
    {
        < 9.95 => milliseconds.ToString("0.0", CultureInfo.InvariantCulture) + "ms",
        < 1000 => milliseconds.ToString("0", CultureInfo.InvariantCulture) + "ms",
        < 99_500 => (milliseconds / 1000).ToString("0.0", CultureInfo.InvariantCulture) + "s",
        _ => Time(TimeSpan.FromMilliseconds(milliseconds)),
    };

    private static string Purpose(string purpose) => purpose switch
    {
        "a" => "A: ",
        "b" => "B: ",
        _ => "Judge: ",
    };

    private static string Words(LedgerEntry entry) => entry.Kind switch
    {
        LedgerKind.Job => entry.Job is { Jobs: var jobs } ? $"{jobs} {(jobs == 1 ? "job" : "jobs")}" : "1 job",
        LedgerKind.Replayed => "replayed",
        _ => "supplied",
    };
}

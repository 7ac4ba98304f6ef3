using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Reports.Figures;
using Spectre.Console;

namespace NovaJudge.Local.Commands;

/// <summary><c>nova read</c>: what the output of a Nova judge says, for somebody who has its numbers already.</summary>
internal static class ReadCommand
{
    private const int MostPasses = 100_000_000;

    public static Command Create()
    {
        var input = new Argument<string>("input") { Description = "output.tar.gz, results_*.json, or passes won by A, by B, ties[, errors]: 16,10,0" };
        var nameA = new Option<string>("--name-a") { Description = "Who A is.", HelpName = "NAME", DefaultValueFactory = _ => "Model A" };
        var nameB = new Option<string>("--name-b") { Description = "Who B is.", HelpName = "NAME", DefaultValueFactory = _ => "Model B" };
        var figure = new Option<string?>("--figure") { Description = "Write the six-panel figure: a .png or .svg file.", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "The metrics as JSON, nothing else." };
        var command = new Command("read", "Read the output of a Nova judge: verdict and figure for numbers you already have.") { input, nameA, nameB, figure, json };
        command.SetAction((result, cancellationToken) => CommandShell.GuardAsync(() => ReadAsync(
            result.GetValue(input)!, result.GetValue(nameA)!, result.GetValue(nameB)!, result.GetValue(figure), result.GetValue(json), cancellationToken)));
        return command;
    }

    private static async Task<int> ReadAsync(string input, string nameA, string nameB, string? figure, bool json, CancellationToken cancellationToken)
    {
        if (figure is not null && Path.GetExtension(figure).ToUpperInvariant() is not (".PNG" or ".SVG"))
        {
            throw PipelineException.BadInput($"--figure {figure}: a file that ends in .png or .svg is expected.");
        }

        var reading = await OfAsync(input, nameA, nameB, cancellationToken);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(reading.Metrics, LocalJson.Indented.RunMetrics));
        }
        else
        {
            Show(reading);
        }

        if (figure is not null)
        {
            Draw(reading.Metrics, figure);
            if (!json)
            {
                Console.WriteLine($"Figure: {figure}");
            }
        }

        return ExitCodes.Done;
    }

    private static async Task<JudgeReading> OfAsync(string input, string nameA, string nameB, CancellationToken cancellationToken)
    {
        if (!File.Exists(input))
        {
            return input.Split(',') is { Length: 3 or 4 } parts && parts.All(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= MostPasses)
                ? OfCounts([.. parts.Select(part => int.Parse(part, CultureInfo.InvariantCulture))], new ReadingNames(nameA, nameB))
                : throw PipelineException.BadInput(
                    $"{input}: there is no such file, and it is not a list of counts either. Expected: passes won by A, won by B, tied, and failed ones if any, such as 16,10,0");
        }

        var names = new ReadingNames(nameA, nameB, Path.GetFileName(input));
        await using var file = File.OpenRead(input);
        var gzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        if (gzip)
        {
            return await JudgeReading.OfArchiveAsync(file, names, cancellationToken);
        }

        const int most = 64 * 1024 * 1024;
        return file.Length <= most
            ? JudgeReading.OfResults(input, await File.ReadAllBytesAsync(input, cancellationToken), names)
            : throw PipelineException.BadInput($"{input}: neither an output.tar.gz nor a results file; it has {Text.Count(file.Length)} bytes.");
    }

    private static JudgeReading OfCounts(int[] counts, ReadingNames names) => counts[0] + counts[1] + counts[2] == 0
        ? throw PipelineException.BadInput("No pass was scored: there is nothing to read.")
        : JudgeReading.OfCounts(counts[0], counts[1], counts[2], counts.Length > 3 ? counts[3] : 0, names);

    private static void Show(JudgeReading reading)
    {
        var (metrics, nova) = (reading.Metrics, reading.Metrics.Nova);
        Text.Write(
            $"{Text.Count((long)nova.AScores)} passes for A, {Text.Count((long)nova.BScores)} for B, {Text.Count((long)nova.Ties)} ties, {Text.Count((long)nova.InferenceError)} errors: "
            + (reading.HasRows
                ? $"{Text.Count((long)reading.Prompts)} prompts, each judged in both orders."
                : $"two passes judge one pair, so this is {Number(reading.Prompts)} prompts' worth."));
        var table = new Table().Border(TableBorder.Rounded).AddColumn("").AddColumn("Value").AddColumn("95% interval").AddColumn("How");
        Add("Score of B", metrics.Analysis.Score);
        if (reading.HasRows)
        {
            Add("Win rate of B, decisive", metrics.Analysis.WinRate);
        }

        if (metrics.Analysis.SignTest is { } test)
        {
            table.AddRow("Sign test", $"p {Text.P(test.P)}", "", $"{test.B} to {test.A} prompts");
        }

        if (reading.IfPassesWereIndependent is { } wrong)
        {
            table.AddRow("[grey]If passes were independent[/]", $"[grey]{Rate(wrong.Rate)}[/]", $"[grey]{wrong.Low:0.0000}–{wrong.High:0.0000}[/]", $"[grey]sign test p {Text.P(wrong.SignTestP)}[/]");
        }

        if (nova is { LowerRate: { } low, UpperRate: { } high, WinRate: { } rate })
        {
            table.AddRow("[grey]As the judge reports[/]", $"[grey]{Rate(rate)}[/]", $"[grey]{low:0.0000}–{high:0.0000}[/]", "[grey]over passes[/]");
        }

        AnsiConsole.Write(table);
        foreach (var warning in metrics.Warnings)
        {
            Text.WriteNote(warning);
        }

        if (metrics.Outcomes.Scored >= 30)
        {
            Text.Write(PromptsCanShow.Of(metrics.Outcomes.Decisive, metrics.Outcomes.Scored));
        }

        Text.WriteBold(metrics.Verdict.Sentence);
        Text.Write(metrics.Verdict.Explanation ?? "");

        void Add(string name, Estimate? estimate) => table.AddRow(
            name, estimate is null ? "none" : Rate(estimate.Value), estimate is null ? "" : $"{Rate(estimate.Low)}–{Rate(estimate.High)}", estimate?.Method ?? "");
    }

    private static void Draw(RunMetrics metrics, string file)
    {
        var figure = Figure.Compose(metrics);
        if (Path.GetExtension(file).Equals(".svg", StringComparison.OrdinalIgnoreCase))
        {
            File.WriteAllText(file, figure.ToSvg(FigureTheme.Light));
            return;
        }

        using var output = File.Create(file);
        figure.WritePng(output, FigureTheme.Light);
    }

    private static string Rate(double rate) => rate.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}

using System.Text.Json;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Metrics.Labelling;

/// <summary>Labels in the store and from elsewhere.</summary>
public static class LabelFiles
{
    extension(IObjectStore store)
    {
        /// <summary>The labels of a run so far, in the order they were given.</summary>
        public async Task<IReadOnlyList<LabelRow>> ReadLabelsAsync(RunKeys keys, CancellationToken cancellationToken)
        {
            var labels = new List<LabelRow>();
            if (await store.FindAsync(keys.Labels, cancellationToken) is not null)
            {
                await foreach (var label in store.ReadRowsAsync(keys.Labels, PipelineJson.Rows.LabelRow, cancellationToken))
                {
                    labels.Add(label);
                }
            }

            return labels;
        }

        public Task WriteLabelsAsync(RunKeys keys, IEnumerable<LabelRow> labels, CancellationToken cancellationToken) =>
            store.WriteRowsAsync(keys.Labels, labels, PipelineJson.Rows.LabelRow, cancellationToken);
    }

    /// <summary>Labels from a file of JSON Lines, each <c>{"id","label"}</c> with the label <c>a</c>, <c>b</c> or <c>tie</c>.</summary>
    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/>, with the line.</exception>
    public static IReadOnlyList<LabelRow> Parse(string name, IEnumerable<string> lines)
    {
        var labels = new List<LabelRow>();
        foreach (var (at, line) in lines.Index().Where(line => !string.IsNullOrWhiteSpace(line.Item)))
        {
            LabelRow? label = null;
            try
            {
                label = JsonSerializer.Deserialize(line, PipelineJson.Rows.LabelRow);
            }
            catch (JsonException)
            {
                // Told below, with what would have been right.
            }

            labels.Add(label is { Id.Length: > 0, Label: not PassVerdict.Unreadable }
                ? label
                : throw PipelineException.BadInput($"{name}, line {at + 1}: a label is expected, such as {{\"id\":\"q1\",\"label\":\"a\"}} with a, b or tie."));
        }

        return labels;
    }
}

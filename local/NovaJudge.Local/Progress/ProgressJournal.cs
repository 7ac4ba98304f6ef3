using System.Globalization;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Progress;

/// <summary>Counts answers as they are written down: what is counted is what a resumed run will find.</summary>
internal sealed class ProgressJournal(IJournal inner, RunProgress progress) : IJournal
{
    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(ObjectKey key, CancellationToken cancellationToken) =>
        inner.ReadAsync(key, cancellationToken);

    public async ValueTask AppendAsync(ObjectKey key, ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        await inner.AppendAsync(key, line, cancellationToken);
        if (key.Value.Split('/') is [.., "responses", var slot, var file])
        {
            progress.Of(slot == "a" ? ModelSlot.A : ModelSlot.B).Answered(
                int.Parse(file.AsSpan(0, file.IndexOf('.', StringComparison.Ordinal)), CultureInfo.InvariantCulture),
                failed: line.Span.IndexOf("\"error\":"u8) >= 0);
        }
    }

    public Task SaveAsync(ObjectKey key, CancellationToken cancellationToken) => inner.SaveAsync(key, cancellationToken);

    public Task DeleteAsync(ObjectKey key, CancellationToken cancellationToken) => inner.DeleteAsync(key, cancellationToken);
}

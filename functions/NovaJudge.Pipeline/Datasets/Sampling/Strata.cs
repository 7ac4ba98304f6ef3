using System.Runtime.InteropServices;
using System.Text;
using NovaJudge.Pipeline.Datasets.Reading;

namespace NovaJudge.Pipeline.Datasets.Sampling;

/// <summary>
/// Which stratum each record belongs to: 4 bytes a record, and a name and a count for each stratum. An article's title
/// may come after its records, so records point to a group, and the group's stratum is settled when the next one begins.
/// </summary>
internal sealed class Strata
{
    private readonly BlockList<int> groupOfRecord = new();
    private readonly List<int> stratumOfGroup = [];
    private readonly List<int> sizeOfGroup = [];
    private readonly List<string?> names = [];
    private readonly Dictionary<string, int> stratumByName = new(StringComparer.Ordinal);
    private int unnamed = -1;
    private SquadArticle? article;

    public void Add(RecordCursor cursor)
    {
        var group = cursor.Article is { } current ? GroupOf(current) : GroupOf(cursor.Cluster);
        groupOfRecord.Add(group);
        CollectionsMarshal.AsSpan(sizeOfGroup)[group]++;
    }

    /// <summary>Settles the last article; no record follows.</summary>
    public void Close()
    {
        if (article is not null)
        {
            stratumOfGroup[^1] = StratumOf(article.Cluster);
            article = null;
        }
    }

    public int Of(int ordinal) => stratumOfGroup[groupOfRecord[ordinal]];

    /// <summary>Names and sizes in the order of first appearance.</summary>
    public IReadOnlyList<(string? Name, int Size)> Sizes()
    {
        var sizes = new int[names.Count];
        for (var group = 0; group < sizeOfGroup.Count; group++)
        {
            sizes[stratumOfGroup[group]] += sizeOfGroup[group];
        }

        return [.. names.Zip(sizes)];
    }

    private int GroupOf(SquadArticle current)
    {
        if (current != article)
        {
            Close();
            article = current;
            NewGroup(-1);
        }

        return stratumOfGroup.Count - 1;
    }

    // Without articles every stratum is a group of its own, with the same number.
    private int GroupOf(ReadOnlySpan<byte> cluster)
    {
        var most = Encoding.UTF8.GetMaxCharCount(cluster.Length);
        Span<char> buffer = most <= 512 ? stackalloc char[most] : new char[most];
        var stratum = StratumOf(buffer[..Encoding.UTF8.GetChars(cluster, buffer)]);
        if (stratum == stratumOfGroup.Count)
        {
            NewGroup(stratum);
        }

        return stratum;
    }

    private void NewGroup(int stratum)
    {
        stratumOfGroup.Add(stratum);
        sizeOfGroup.Add(0);
    }

    private int StratumOf(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty)
        {
            return unnamed >= 0 ? unnamed : unnamed = NewStratum(null);
        }

        var known = stratumByName.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!known.TryGetValue(name, out var stratum))
        {
            known[name] = stratum = NewStratum(name.ToString());
        }

        return stratum;
    }

    private int NewStratum(string? name)
    {
        names.Add(name);
        return names.Count - 1;
    }
}

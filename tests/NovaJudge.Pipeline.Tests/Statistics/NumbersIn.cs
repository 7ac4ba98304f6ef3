using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace NovaJudge.Pipeline.Tests.Statistics;

/// <summary>Every number a result holds, with the path to it: properties, lists, tuples and findings; withheld ones hold none.</summary>
internal static class NumbersIn
{
    public static IEnumerable<(string Path, double Value)> Result(string path, object? result) => result switch
    {
        null or string or bool or Enum => [],
        double value => [(path, value)],
        int value => [(path, value)],
        IEnumerable list => list.Cast<object?>().SelectMany((item, i) => Result($"{path}[{i}]", item)),
        ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(i => Result($"{path}.{i}", tuple[i])),
        _ when IsFinding(result) => (bool)result.GetType().GetProperty("IsKnown")!.GetValue(result)!
            ? Result(path, result.GetType().GetProperty("Value")!.GetValue(result))
            : [],
        _ => result.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0 && property.PropertyType != result.GetType())
            .SelectMany(property => Result($"{path}.{property.Name}", property.GetValue(result))),
    };

    private static bool IsFinding(object result) => result.GetType().Name.StartsWith("Finding`", StringComparison.Ordinal);
}

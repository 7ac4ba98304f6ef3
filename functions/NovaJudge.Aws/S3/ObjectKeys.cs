using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Aws.S3;

/// <summary>Keys that come from a bucket, where anybody may have written anything.</summary>
internal static class ObjectKeys
{
    public static ObjectKey? TryParse(string text)
    {
        try
        {
            return ObjectKey.Parse(text);
        }
        catch (PipelineException)
        {
            return null;
        }
    }
}

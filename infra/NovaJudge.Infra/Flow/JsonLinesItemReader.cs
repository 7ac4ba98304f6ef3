using Amazon.CDK.AWS.StepFunctions;

namespace NovaJudge.Infra.Flow;

/// <summary>Reads a Map's items from an object of JSON Lines: CDK 2.160 knows JSON, CSV and manifests only.</summary>
public sealed class JsonLinesItemReader(IS3FileItemReaderProps props) : S3JsonItemReader(props)
{
    public override object Render() => new Dictionary<string, object>((IDictionary<string, object>)base.Render())
    {
        ["ReaderConfig"] = new Dictionary<string, object> { ["InputType"] = "JSONL" },
    };
}

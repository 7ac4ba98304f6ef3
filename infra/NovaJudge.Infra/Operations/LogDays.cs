using Amazon.CDK.AWS.Logs;

namespace NovaJudge.Infra.Operations;

/// <summary>Days as CDK names them.</summary>
public static class LogDays
{
    public static RetentionDays Of(int days) => days switch
    {
        7 => RetentionDays.ONE_WEEK,
        14 => RetentionDays.TWO_WEEKS,
        30 => RetentionDays.ONE_MONTH,
        60 => RetentionDays.TWO_MONTHS,
        90 => RetentionDays.THREE_MONTHS,
        180 => RetentionDays.SIX_MONTHS,
        365 => RetentionDays.ONE_YEAR,
        _ => throw new ArgumentOutOfRangeException(nameof(days), days, "CloudWatch Logs knows no such retention."),
    };
}

using NovaJudge.Infra;

switch (args)
{
    case []:
        Synthesis.ForDeployment(Environment.GetEnvironmentVariable("CDK_OUTDIR") ?? "cdk.out");
        return 0;
    case ["approve"]:
        File.WriteAllText(ApprovedTemplate.Path, ApprovedTemplate.Render());
        Console.WriteLine($"Approved: {ApprovedTemplate.Path}");
        return 0;
    default:
        Console.Error.WriteLine("Usage: NovaJudge.Infra [approve]    synthesizes into cdk.out, or renews the approved template");
        return 2;
}

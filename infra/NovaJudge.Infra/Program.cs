using NovaJudge.Infra.Settings;
using NovaJudge.Infra.Synthesis;

try
{
    switch (args)
    {
        case []:
            Synthesizer.WriteAssembly(Environment.GetEnvironmentVariable("CDK_OUTDIR") ?? "cdk.out");
            return 0;
        case ["approve"]:
            foreach (var template in ApprovedTemplate.All)
            {
                File.WriteAllText(template.Path, template.Render());
                Console.WriteLine($"Approved: {template.Path}");
            }

            return 0;
        default:
            Console.Error.WriteLine("Usage: NovaJudge.Infra [approve]    synthesizes for the CDK command line, or renews the approved templates");
            return 2;
    }
}
catch (SettingsException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

using System.CommandLine;
using NovaJudge.Local.Commands;

var root = new RootCommand("Which of two language models answers better, how sure are we, and did it change?")
{
    RunCommand.Create(),
    TriggerCommand.Create(),
    ShowCommand.Create(),
    ListCommand.Create(),
    HistoryCommand.Create(),
    BaselineCommand.Create(),
    CompareCommand.Create(),
    ReadCommand.Create(),
    PlanCommand.Create(),
    LabelCommand.Create(),
    CalibrateCommand.Create(),
    ExtendCommand.Create(),
    RejudgeCommand.Create(),
    ImportCommand.Create(),
    ExamCommand.Create(),
    DoctorCommand.Create(),
    ServeCommand.Create(),
    StatesCommand.Create(),
    DrillCommand.Create(),
};
foreach (var command in RepositoryCommands.Create())
{
    root.Add(command);
}

return await CommandShell.InvokeAsync(root, args);

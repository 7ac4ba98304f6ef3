namespace NovaJudge.Tests.Shared;

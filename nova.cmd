@echo off
rem Builds what has changed, then runs the command line program: nova run, nova --help. The tests need bash: sh nova test
setlocal
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_NOLOGO=1
set NOVA_COMMAND=.\nova
dotnet build "%~dp0local\NovaJudge.Local\NovaJudge.Local.csproj" --configuration Release --verbosity quiet -p:RunAnalyzers=false || exit /b 2
"%~dp0artifacts\bin\NovaJudge.Local\release\nova.exe" %*

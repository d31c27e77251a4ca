using BatchGateway;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Worker;

// A service that runs one batch and survives its own restart. Settings: appsettings.json, or variables such as Gateway__ApiKey.
HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
{
    Args = args,
    ContentRootPath = AppContext.BaseDirectory,
});
builder.Services.AddBatchClient(builder.Configuration.GetSection("Gateway"));
builder.Services.AddHostedService<QuestionWorker>();

using IHost host = builder.Build();
try
{
    await host.RunAsync();
    return Environment.ExitCode;
}
catch (OptionsValidationException problem)
{
    Console.Error.WriteLine($"The worker did not start.\n{string.Join("\n", problem.Failures)}");
    return 2;
}

/**
 * Why Tenantry cannot be installed on a machine, in one line with what to do, or undefined when it can. On Linux the
 * packages include the Node that runs it; on macOS it runs on the Node of the machine.
 */
export function whyUnsupported({ platform, arch, version, isGlibc }) {
  const major = Number(version.replace('v', '').split('.')[0]);
  if (platform === 'win32')
    return 'Tenantry does not run on Windows itself. Run it in WSL 2, which is a Linux.';
  if (platform !== 'linux' && platform !== 'darwin')
    return `Tenantry runs on Linux and macOS, but this is ${platform}. Run it in a container or a virtual machine.`;
  if (arch !== 'x64' && arch !== 'arm64')
    return `Tenantry runs on x64 and arm64 processors, but this Node is built for ${arch}.`;
  if (platform === 'linux' && !isGlibc)
    return 'Tenantry needs a Linux with glibc, such as Debian, Ubuntu or Fedora. Alpine Linux has musl.';
  if (platform === 'darwin' && major < 24)
    return `On macOS Tenantry runs on the Node that is installed and needs Node 24 or newer, but this is Node ${version}. Install it: brew install node@24`;
  if (major < 20)
    return `Tenantry needs Node 20 or newer, but this is Node ${version}. Install a newer Node.`;
  return undefined;
}

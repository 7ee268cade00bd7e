import { addSite, dashboardLines, signIn } from './dashboard.ts';

const [url = 'http://127.0.0.1:4000', email = '', password = ''] = process.argv.slice(2);
const client = await signIn(url, email, password);
for (const line of await dashboardLines(client)) console.log(line);
console.log(await addSite(client, 'Second blog'));
